#include "services/crm/src/offers/offer.hpp"

#include <algorithm>

namespace bordero::crm {

Result<void> may_offer(const v1::Calculation& calculation, int position) {
  const auto status = calculation.status();
  if (status == v1::CALCULATION_STATUS_READY || status == v1::CALCULATION_STATUS_CHOSEN) return {};
  Error error = refused("calculation_not_ready");
  error.fields.push_back({"calculation_ids[" + std::to_string(position) + "]", "not_ready"});
  return error;
}

Result<std::vector<v1::ComparisonRow>> rows_to_offer(std::vector<v1::ComparisonRow> rows,
                                                     const std::vector<std::string>& keys) {
  std::erase_if(rows, [](const v1::ComparisonRow& row) { return row.internal(); });
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const bool known = std::any_of(rows.begin(), rows.end(),
                                   [&](const auto& row) { return row.key() == keys[i]; });
    if (!known) return invalid_field("rows[" + std::to_string(i) + "]", "unknown_row");
  }
  if (keys.empty()) return rows;
  std::erase_if(rows, [&](const v1::ComparisonRow& row) {
    return std::find(keys.begin(), keys.end(), row.key()) == keys.end();
  });
  return rows;
}

v1::OfferColumn column_of(const v1::Calculation& calculation) {
  v1::OfferColumn column;
  column.set_calculation_id(calculation.id());
  column.set_calculation_version(calculation.version());
  column.set_insurer_name(calculation.insurer_name());
  column.set_product(calculation.product());
  column.set_program(calculation.program());
  return column;
}

}  // namespace bordero::crm
