#include "services/crm/src/policies/policy_clock.hpp"

#include "platform/background/take_some.hpp"
#include "services/crm/src/policies/policy_events.hpp"
#include "services/crm/src/policies/policy_steps.hpp"
#include "services/crm/src/policies/policy_store.hpp"
#include "services/crm/src/policies/renewal.hpp"

namespace bordero::crm {
namespace {

// Who prolonged a policy by hand is not asked again for the same end.
std::string end_is_near_sql() {
  return R"sql(
    SELECT p.id
      FROM policies p
     WHERE p.status = 'active' AND p.noticed_for IS DISTINCT FROM p.effective_to
       AND p.effective_to <= $1 AND )sql" +
         background::not_set_aside(kPolicyEndIsNear, "p.id") + R"sql(
     ORDER BY p.effective_to, p.id
     LIMIT $2
       FOR UPDATE SKIP LOCKED)sql";
}
std::string replaced_sql() {
  return R"sql(
    SELECT p.id
      FROM policies p
      JOIN policies s ON s.id = p.successor_id
     WHERE p.status IN ('active', 'renewal_pending') AND p.successor_id IS NOT NULL
       AND p.effective_to < $1 AND s.status IN ('active', 'renewal_pending') AND )sql" +
         background::not_set_aside(kPolicyReplaced, "p.id") + R"sql(
     ORDER BY p.effective_to, p.id
     LIMIT $2
       FOR UPDATE OF p SKIP LOCKED)sql";
}

std::vector<std::string> ids_of(const pg::Rows& rows) {
  std::vector<std::string> ids;
  for (const auto& row : rows) ids.emplace_back(row.text("id"));
  return ids;
}

// Changes all of them by one statement and tells each.
awaitable<void> change(pg::Transaction& tx, const Context& ctx, const std::vector<std::string>& ids,
                       std::string_view update) {
  const auto before = co_await view_policies(tx, ids);
  tx.execute(update, ids);
  std::vector<std::string> deal_ids;
  for (const auto& policy : before) deal_ids.push_back(policy.view.deal_id());
  refresh_renewals(tx, deal_ids);
  const auto after = co_await view_policies(tx, ids);
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (after[i].view.status() == before[i].view.status()) continue;
    announce_moved(tx, ctx, before[i].view, after[i]);
  }
}

// One whose successor is in force already is noticed without a word: it is renewed.
constexpr std::string_view kNotice = R"sql(
    UPDATE policies p
       SET noticed_for = p.effective_to,
           status = CASE WHEN q.renewed THEN p.status ELSE 'renewal_pending' END,
           version = p.version + CASE WHEN q.renewed THEN 0 ELSE 1 END,
           updated_at = CASE WHEN q.renewed THEN p.updated_at ELSE now() END
      FROM (SELECT o.id, s.id IS NOT NULL AND s.status <> 'draft' AS renewed
              FROM policies o LEFT JOIN policies s ON s.id = o.successor_id
             WHERE o.id = ANY($1::uuid[])) q
     WHERE q.id = p.id)sql";
constexpr std::string_view kReplace = R"sql(
    UPDATE policies
       SET status = 'closed', closed_on = effective_to, close_reason = 'replaced',
           version = version + 1, updated_at = now()
     WHERE id = ANY($1::uuid[]))sql";

awaitable<Result<void>> advance(pg::Transaction& tx, const Context& ctx,
                                background::Portion& portion, const std::string& due, Date by,
                                std::string_view update) {
  const auto rows = co_await tx.query(due, by, portion.limit);
  portion.ids = ids_of(rows);
  if (!portion.ids.empty()) co_await change(tx, ctx, portion.ids, update);
  co_return Result<void>();
}
// Changes those that are due.
background::WorkOnRows advancing(std::string due, Date by, std::string_view update) {
  return [due = std::move(due), by, update](pg::Transaction& tx, Context& ctx,
                                            background::Portion& portion) {
    return advance(tx, ctx, portion, due, by, update);
  };
}

}  // namespace

awaitable<Result<bool>> notice_ends(pg::Database& db, int notice_days) {
  return background::take_some(
      db, {.name = kPolicyEndIsNear},
      advancing(end_is_near_sql(), clock::today().plus_days(notice_days), kNotice));
}

awaitable<Result<bool>> close_replaced(pg::Database& db) {
  return background::take_some(db, {.name = kPolicyReplaced},
                               advancing(replaced_sql(), clock::today(), kReplace));
}

}  // namespace bordero::crm
