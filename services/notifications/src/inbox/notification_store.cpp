#include "services/notifications/src/inbox/notification_store.hpp"

#include "platform/background/take_some.hpp"
#include "services/notifications/src/inbox/come_back.hpp"

#include "platform/base/clock.hpp"
#include "services/notifications/src/inbox/notification_view.hpp"

namespace bordero::notifications {
namespace {

std::string select_where(const std::string& where) {
  return std::string("SELECT ") + kNotificationColumns + " FROM notifications n " +
         kNotificationJoins + " WHERE " + where;
}

}  // namespace

awaitable<Result<v1::Notification>> lock_notification(pg::Transaction& tx, const Reader& reader,
                                                      Id<v1::Notification> id) {
  Visible visible = visible_to(reader);
  visible.params.emplace_back(id.str());
  const std::string sql = select_where(visible.where + " AND n.id = $" +
                                       std::to_string(visible.params.size()) + " FOR UPDATE OF n");
  const auto rows = co_await tx.query_with(sql, std::move(visible.params));
  if (rows.empty()) co_return not_found("notification_not_found");
  co_return notification_of(rows[0]);
}

awaitable<std::vector<std::string>> mark_read(pg::Transaction& tx, const Caller& caller,
                                              const std::vector<std::string>& ids) {
  const auto rows = co_await tx.query(R"sql(
      UPDATE notifications
         SET read_at = $3, later_until = NULL
       WHERE user_id = $1 AND id = ANY ($2::uuid[]) AND read_at IS NULL
   RETURNING id)sql",
                                      caller.user_id, ids, clock::now());
  std::vector<std::string> marked;
  for (const pg::Row& row : rows) marked.emplace_back(row.text("id"));
  co_return marked;
}

void mark_unread(pg::Transaction& tx, Id<v1::Notification> id) {
  tx.execute("UPDATE notifications SET read_at = NULL WHERE id = $1", id);
}

void put_away(pg::Transaction& tx, Id<v1::Notification> id, Instant until) {
  tx.execute(R"sql(
      UPDATE notifications
         SET read_at = NULL, later_until = $2, shown_at = $2
       WHERE id = $1)sql",
             id, until);
}

awaitable<v1::Notification> view_notification(pg::Transaction& tx, Id<v1::Notification> id) {
  const std::string sql = select_where("n.id = $1");
  const auto row = co_await tx.find_one(sql, id);
  ensure(row.has_value(), "a locked notification is there");
  co_return notification_of(*row);
}

awaitable<std::vector<Returned>> take_back(pg::Transaction& tx, Instant now, int limit) {
  static const std::string sql = R"sql(
      WITH due AS (
        SELECT n.id, n.later_until
          FROM notifications n
         WHERE n.later_until <= $1 AND )sql" +
                                 background::not_set_aside(kComeBack, "n.id") + R"sql(
         ORDER BY n.later_until, n.id
         LIMIT $2
           FOR UPDATE SKIP LOCKED)
      UPDATE notifications n
         SET later_until = NULL
        FROM due
       WHERE n.id = due.id
   RETURNING n.id, n.user_id, due.later_until)sql";
  const auto rows = co_await tx.query(sql, now, limit);
  std::vector<Returned> returned;
  for (const pg::Row& row : rows) {
    returned.push_back({.id = row.get<Id<v1::Notification>>("id"),
                        .user_id = row.get<std::string>("user_id"),
                        .until = row.get<Instant>("later_until")});
  }
  co_return returned;
}

}  // namespace bordero::notifications
