#include "services/crm/src/users/handover_store.hpp"

#include "platform/background/take_some.hpp"
#include "services/crm/src/users/handover_job.hpp"

namespace bordero::crm {

void ask_handover(pg::Transaction& tx, const std::string& user_id, const std::string& successor_id,
                  const std::string& blocked_by) {
  tx.execute(R"sql(
      INSERT INTO handovers (user_id, successor_id, blocked_by)
      VALUES ($1, nullif($2, '')::uuid, nullif($3, '')::uuid)
      ON CONFLICT (user_id) DO UPDATE
         SET successor_id = EXCLUDED.successor_id, blocked_by = EXCLUDED.blocked_by)sql",
             user_id, successor_id, blocked_by);
}

void cancel_handover(pg::Transaction& tx, const std::string& user_id) {
  tx.execute("DELETE FROM handovers WHERE user_id = $1", user_id);
}

awaitable<std::optional<Handover>> lock_handover(pg::Transaction& tx) {
  static const std::string sql = R"sql(
      SELECT h.user_id, h.successor_id, h.blocked_by
        FROM handovers h
       WHERE NOT EXISTS (SELECT FROM deal_members m WHERE m.user_id = h.user_id)
          OR EXISTS (SELECT FROM deal_members m WHERE m.user_id = h.user_id AND )sql" +
                                 background::not_set_aside(kHandOver, "m.deal_id") + R"sql()
       ORDER BY h.requested_at, h.user_id
       LIMIT 1
         FOR UPDATE SKIP LOCKED)sql";
  const auto row = co_await tx.find_one(sql);
  if (!row) co_return std::nullopt;
  Handover handover{.user = row->get<Id<User>>("user_id")};
  for (const char* column : {"successor_id", "blocked_by"}) {
    if (!row->is_null(column)) handover.successors.emplace_back(row->text(column));
  }
  co_return handover;
}

awaitable<bool> has_deals(pg::Transaction& tx, Id<User> user) {
  const auto row = co_await tx.find_one(
      "SELECT EXISTS (SELECT FROM deal_members WHERE user_id = $1) AS has", user);
  co_return row->get<bool>("has");
}

awaitable<std::vector<std::string>> list_admins(pg::Transaction& tx) {
  const auto rows = co_await tx.query(R"sql(
      SELECT id
        FROM users
       WHERE role = 'admin' AND status = 'active'
       ORDER BY id)sql");
  std::vector<std::string> ids;
  for (const auto& row : rows) ids.emplace_back(row.text("id"));
  co_return ids;
}

}  // namespace bordero::crm
