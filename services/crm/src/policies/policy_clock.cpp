#include "services/crm/src/policies/policy_clock.hpp"

#include "services/crm/src/policies/policy_events.hpp"
#include "services/crm/src/policies/policy_steps.hpp"
#include "services/crm/src/policies/policy_store.hpp"
#include "services/crm/src/policies/renewal.hpp"

namespace bordero::crm {
namespace {

constexpr int kAtOnce = 200;
constexpr std::chrono::seconds kStepLimit{30};

// Who prolonged a policy by hand is not asked again for the same end.
constexpr std::string_view kEndIsNear = R"sql(
    SELECT p.id
      FROM policies p
     WHERE p.status = 'active' AND p.noticed_for IS DISTINCT FROM p.effective_to
       AND p.effective_to <= $1
     ORDER BY p.effective_to
     LIMIT $2
       FOR UPDATE SKIP LOCKED)sql";
constexpr std::string_view kReplacedNow = R"sql(
    SELECT p.id
      FROM policies p
      JOIN policies s ON s.id = p.successor_id
     WHERE p.status IN ('active', 'renewal_pending') AND p.successor_id IS NOT NULL
       AND p.effective_to < $1 AND s.status IN ('active', 'renewal_pending')
     ORDER BY p.effective_to
     LIMIT $2
       FOR UPDATE OF p SKIP LOCKED)sql";

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

awaitable<Result<bool>> advance(pg::Database& db, const char* rule, std::string_view due, Date by,
                                std::string_view update) {
  Context ctx = system_context(rule, kStepLimit);
  CO_TRY(auto tx, co_await db.begin(ctx));
  const auto rows = co_await tx.query(due, by, kAtOnce);
  const auto ids = ids_of(rows);
  if (ids.empty()) co_return false;
  co_await change(tx, ctx, ids, update);
  CO_TRY_VOID(co_await tx.commit());
  co_return ids.size() == static_cast<std::size_t>(kAtOnce);
}

}  // namespace

awaitable<Result<bool>> advance_policies(pg::Database& db, int notice_days) {
  const Date today = clock::today();
  CO_TRY(const bool more_near, co_await advance(db, "policy_end_is_near", kEndIsNear,
                                                today.plus_days(notice_days), kNotice));
  CO_TRY(const bool more_replaced,
         co_await advance(db, "policy_replaced", kReplacedNow, today, kReplace));
  co_return more_near || more_replaced;
}

}  // namespace bordero::crm
