#include "services/crm/src/calculations/calculation_moves.hpp"

#include "services/crm/src/calculations/calculation_events.hpp"
#include "services/crm/src/calculations/calculation_store.hpp"

namespace bordero::crm {

awaitable<Result<v1::Calculation>> move_calculation(pg::Transaction& tx, const Context& ctx,
                                                    const SeenCalculation& seen,
                                                    v1::CalculationStatus to) {
  const Date today = clock::today();
  CO_TRY_VOID(may_move(rule_view(seen.view), to, today));
  v1::Calculation wanted = seen.view;
  wanted.set_status(to);
  // The clock would end it again at once.
  const auto until = Date::parse(wanted.valid_until());
  if (to == v1::CALCULATION_STATUS_DRAFT && until && *until < today) wanted.clear_valid_until();
  save_calculation(tx, wanted);
  auto after = co_await view_calculation(tx, wanted.id());
  announce_calculation_moved(tx, ctx, seen.deal.view, seen.view, after);
  co_return after;
}

awaitable<Result<void>> choose_for_issuance(pg::Transaction& tx, const Context& ctx,
                                            const SeenDeal& deal,
                                            const std::string& calculation_id) {
  const auto row = co_await tx.find_one("SELECT deal_id FROM calculations WHERE id = $1 FOR UPDATE",
                                        calculation_id);
  if (!row || row->get<std::string>("deal_id") != deal.view.id()) {
    co_return invalid_field("calculation_id", "not_of_this_deal");
  }
  SeenCalculation seen;
  seen.view = co_await view_calculation(tx, calculation_id);
  seen.deal = deal;
  if (seen.view.status() == v1::CALCULATION_STATUS_CHOSEN) co_return Result<void>();
  CO_TRY_VOID(co_await move_calculation(tx, ctx, seen, v1::CALCULATION_STATUS_CHOSEN));
  co_return Result<void>();
}

}  // namespace bordero::crm
