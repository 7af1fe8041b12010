#include "services/crm/src/calculations/calculation_view.hpp"

#include "services/crm/src/access/access.hpp"
#include "services/crm/src/calculations/product_terms.hpp"

namespace bordero::crm {
namespace {

constexpr const char* kMissing = "calculation_not_found";

void add_warnings(v1::Calculation& view) {
  const bool ended = view.status() == v1::CALCULATION_STATUS_DECLINED ||
                     view.status() == v1::CALCULATION_STATUS_EXPIRED;
  if (ended) return;
  for (const auto& field : unfilled(view)) {
    auto& warning = *view.add_warnings();
    warning.set_field(field);
    warning.set_code("not_filled");
  }
}

}  // namespace

v1::Calculation calculation_of(const pg::Row& row) {
  auto view = row.to<v1::Calculation>();
  if (const auto commission = expected_commission(view)) {
    auto& money = *view.mutable_expected_commission();
    money.set_amount_minor(*commission);
    money.set_currency(currency_of(view));
  }
  return view;
}

void show_calculation(v1::Calculation& view, const Caller& caller, const policy::Relation& relation,
                      v1::DealStatus deal_status) {
  Result<void> write = may(caller, "deals.write", "deals.read", relation, kMissing);
  if (write) write = may_change(Deal{.status = deal_status});
  auto& can = *view.mutable_can();
  add_capability(can, "update", write);
  add_capability(can, "transition", write);
  add_capability(can, "copy", write);
  add_warnings(view);
  if (!write) return;
  for (const auto status : allowed_moves(rule_view(view), clock::today())) {
    view.add_allowed_statuses(pg::enum_tail(v1::CalculationStatus_descriptor(), status));
  }
}

}  // namespace bordero::crm
