#include "services/crm/src/calculations/expiry_job.hpp"

#include "platform/background/take_some.hpp"
#include "services/crm/src/calculations/calculation_events.hpp"
#include "services/crm/src/calculations/calculation_store.hpp"
#include "services/crm/src/deals/deal_dates.hpp"
#include "services/crm/src/deals/deal_store.hpp"

namespace bordero::crm {
namespace {

std::string due_sql() {
  return R"sql(
    SELECT k.id, k.deal_id
      FROM calculations k
     WHERE k.status IN ('draft', 'ready') AND k.valid_until < $1 AND )sql" +
         background::not_set_aside(kExpireCalculations, "k.id") + R"sql(
     ORDER BY k.valid_until, k.id
     LIMIT $2)sql";
}
// Deals first, as everywhere: who holds a deal may go on to its quotes. A deal that somebody works
// on now is left for the next turn.
constexpr std::string_view kHoldDeals = R"sql(
    SELECT d.id
      FROM deals d
     WHERE d.id = ANY($1::uuid[])
     ORDER BY d.id
       FOR UPDATE SKIP LOCKED)sql";
constexpr std::string_view kHoldCalculations = R"sql(
    SELECT id
      FROM calculations
     WHERE id = ANY($1::uuid[]) AND deal_id = ANY($2::uuid[])
       AND status IN ('draft', 'ready') AND valid_until < $3
     ORDER BY id
       FOR UPDATE)sql";
constexpr std::string_view kExpire = R"sql(
    UPDATE calculations
       SET status = 'expired', status_changed_at = now(), updated_at = now(), version = version + 1
     WHERE id = ANY($1::uuid[]))sql";

std::vector<std::string> ids_in(const pg::Rows& rows, const char* column = "id") {
  std::vector<std::string> ids;
  for (const auto& row : rows) ids.push_back(row.get<std::string>(column));
  return ids;
}

const v1::Deal& deal_of(const std::vector<v1::Deal>& deals, const v1::Calculation& calculation) {
  for (const auto& deal : deals) {
    if (deal.id() == calculation.deal_id()) return deal;
  }
  ensure(false, "an expired quote stands in a deal that is held");
  return deals.front();
}

awaitable<Result<void>> expire(pg::Transaction& tx, Context& ctx, background::Portion& portion) {
  static const std::string sql = due_sql();
  const Date today = clock::today();
  const auto due = co_await tx.query(sql, today, portion.limit);
  if (due.empty()) co_return Result<void>();
  const auto free = co_await tx.query(kHoldDeals, ids_in(due, "deal_id"));
  const auto deal_ids = ids_in(free);
  const auto held = co_await tx.query(kHoldCalculations, ids_in(due), deal_ids, today);
  portion.ids = ids_in(held);
  const auto before = co_await list_calculations(tx, portion.ids);
  tx.execute(kExpire, portion.ids);
  refresh_deadlines(tx, deal_ids);
  const auto after = co_await list_calculations(tx, portion.ids);
  const auto deals = co_await list_deal_teams(tx, deal_ids);
  for (std::size_t i = 0; i < after.size(); ++i) {
    announce_calculation_moved(tx, ctx, deal_of(deals, after[i]), before[i], after[i]);
  }
  co_return Result<void>();
}

}  // namespace

awaitable<Result<bool>> expire_some(pg::Database& db) {
  return background::take_some(db, {.name = kExpireCalculations}, expire);
}

}  // namespace bordero::crm
