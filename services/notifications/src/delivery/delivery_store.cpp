#include "services/notifications/src/delivery/delivery_store.hpp"

#include "platform/base/clock.hpp"
#include "services/notifications/src/inbox/notification_view.hpp"
#include "services/notifications/src/settings/settings.hpp"

namespace bordero::notifications {
namespace {

Due due_of(const pg::Row& row) {
  Due due{.user_id = row.get<std::string>("user_id"),
          .channel = row.get<std::string>("channel"),
          .attempts = row.get<int>("attempts"),
          .active = row.get<bool>("active"),
          .settings = default_settings(),
          .notification = notification_of(row)};
  due.settings.set_quiet_from(std::string(row.text("quiet_from")));
  due.settings.set_quiet_to(std::string(row.text("quiet_to")));
  return due;
}

}  // namespace

awaitable<std::optional<Due>> lock_due(pg::Transaction& tx, const std::string& channel,
                                       const std::vector<std::string>& all, Instant now) {
  const std::string sql =
      std::string(
          "SELECT n.user_id, w.channel, w.attempts, u.status IS NOT DISTINCT FROM "
          "'active' AS active, o.quiet_from, o.quiet_to, ") +
      kNotificationColumns +
      " FROM deliveries w JOIN notifications n ON n.id = w.notification_id " + kNotificationJoins +
      " LEFT JOIN users u ON u.id = n.user_id LEFT JOIN notification_settings o ON o.user_id = "
      "n.user_id WHERE w.next_attempt_at <= $1 AND "
      "CASE WHEN $2 = '' THEN w.channel <> ALL ($3::text[]) ELSE w.channel = $2 END "
      "ORDER BY w.next_attempt_at LIMIT 1 FOR UPDATE OF w SKIP LOCKED";
  const auto row = co_await tx.find_one(sql, now, channel, all);
  if (!row) co_return std::nullopt;
  co_return due_of(*row);
}

void hold(pg::Transaction& tx, const Due& due, Instant until) {
  tx.execute(R"sql(
      UPDATE deliveries
         SET state = 'held', at = $3, next_attempt_at = $4
       WHERE notification_id = $1 AND channel = $2)sql",
             due.notification.id(), due.channel, clock::now(), until);
}

void put_off(pg::Transaction& tx, const Due& due, Instant until) {
  tx.execute(R"sql(
      UPDATE deliveries
         SET state = 'pending', next_attempt_at = $3
       WHERE notification_id = $1 AND channel = $2)sql",
             due.notification.id(), due.channel, until);
}

awaitable<bool> save_delivery(pg::Transaction& tx, const Due& due, const v1::Delivery& delivery,
                              std::optional<Instant> next_attempt_at) {
  const int saved =
      co_await tx.count_of(R"sql(
      UPDATE deliveries
         SET state = $3, at = $4, attempts = $5, error = nullif($6, ''), next_attempt_at = $7
       WHERE notification_id = $1 AND channel = $2 AND state = 'pending' AND attempts = $8)sql",
                           due.notification.id(), due.channel, delivery.state(), delivery.at(),
                           delivery.attempts(), delivery.error(), next_attempt_at, due.attempts);
  co_return saved == 1;
}

awaitable<int> count_waiting(pg::Transaction& tx) {
  const auto row = co_await tx.find_one(R"sql(
      SELECT count(*)::integer AS waiting
        FROM (SELECT FROM deliveries WHERE next_attempt_at IS NOT NULL LIMIT 100000) AS counted)sql");
  co_return row->get<int>("waiting");
}

}  // namespace bordero::notifications
