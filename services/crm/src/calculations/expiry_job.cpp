#include "services/crm/src/calculations/expiry_job.hpp"

#include "services/crm/src/calculations/calculation_events.hpp"
#include "services/crm/src/calculations/calculation_store.hpp"
#include "services/crm/src/deals/deal_dates.hpp"
#include "services/crm/src/deals/deal_store.hpp"

namespace bordero::crm {
namespace {

constexpr int kStep = 200;
constexpr auto kLimit = std::chrono::seconds(30);

// Deals first, as everywhere: who holds a deal may go on to its quotes. A deal that somebody works
// on now is left for the next turn.
constexpr std::string_view kHoldDeals = R"sql(
    SELECT d.id
      FROM deals d
     WHERE d.id IN (SELECT k.deal_id FROM calculations k
                     WHERE k.status IN ('draft', 'ready') AND k.valid_until < $1
                     ORDER BY k.valid_until
                     LIMIT $2)
       FOR UPDATE SKIP LOCKED)sql";
constexpr std::string_view kHoldCalculations = R"sql(
    SELECT id
      FROM calculations
     WHERE deal_id = ANY($1::uuid[]) AND status IN ('draft', 'ready') AND valid_until < $2
     ORDER BY id
       FOR UPDATE)sql";
constexpr std::string_view kExpire = R"sql(
    UPDATE calculations
       SET status = 'expired', status_changed_at = now(), updated_at = now(), version = version + 1
     WHERE id = ANY($1::uuid[]))sql";

std::vector<std::string> ids_in(const pg::Rows& rows) {
  std::vector<std::string> ids;
  for (const auto& row : rows) ids.push_back(row.get<std::string>("id"));
  return ids;
}

const v1::Deal& deal_of(const std::vector<v1::Deal>& deals, const v1::Calculation& calculation) {
  for (const auto& deal : deals) {
    if (deal.id() == calculation.deal_id()) return deal;
  }
  ensure(false, "an expired quote stands in a deal that is held");
  return deals.front();
}

}  // namespace

awaitable<Result<bool>> expire_some(pg::Database& db) {
  Context ctx = system_context("expire_calculations", kLimit);
  CO_TRY(auto tx, co_await db.begin(ctx));
  const Date today = clock::today();
  const auto deal_rows = co_await tx.query(kHoldDeals, today, kStep);
  if (deal_rows.empty()) co_return false;
  const auto deal_ids = ids_in(deal_rows);
  const auto due = co_await tx.query(kHoldCalculations, deal_ids, today);
  const auto ids = ids_in(due);
  const auto before = co_await list_calculations(tx, ids);
  tx.execute(kExpire, ids);
  refresh_deadlines(tx, deal_ids);
  const auto after = co_await list_calculations(tx, ids);
  const auto deals = co_await list_deal_teams(tx, deal_ids);
  for (std::size_t i = 0; i < after.size(); ++i) {
    announce_calculation_moved(tx, ctx, deal_of(deals, after[i]), before[i], after[i]);
  }
  CO_TRY_VOID(co_await tx.commit());
  co_return true;
}

}  // namespace bordero::crm
