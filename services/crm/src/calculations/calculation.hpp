#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "bordero/crm/v1/calculations.pb.h"
#include "platform/base/clock.hpp"
#include "platform/base/result.hpp"
#include "platform/base/uuid.hpp"

namespace bordero::crm {

// What the rules need to know about a quote; the full view is v1::Calculation.
struct Calculation {
  v1::CalculationStatus status = v1::CALCULATION_STATUS_DRAFT;
  v1::Product product = v1::PRODUCT_UNSPECIFIED;
  std::optional<std::int64_t> premium_minor = {};
  std::optional<std::int64_t> coverage_minor = {};
  std::optional<Date> valid_until = {};
};
Calculation rule_view(const v1::Calculation& view);

// Nothing, or the rule that forbids the step: with the statuses that are allowed, or with what a
// quote still lacks to be ready.
Result<void> may_move(const Calculation& calculation, v1::CalculationStatus to, Date today);
// The statuses that the quote may go to now.
std::vector<v1::CalculationStatus> allowed_moves(const Calculation& calculation, Date today);
// What a quote of its product must say before it is ready.
std::vector<FieldError> missing_for_ready(const Calculation& calculation);
// A ready or chosen quote keeps what made it complete.
Result<void> stays_complete(const Calculation& calculation);

// Whether a field may change in this status: `calculation_field_locked` names the first that may
// not.
Result<void> may_set(v1::CalculationStatus status, const std::vector<std::string>& fields);

// Whether the values fit each other and the product: one currency, a rate or an amount, sums that
// are none of a debt, dates in order, terms that belong to the product.
Result<void> check_values(const v1::Calculation& calculation);
// Whether each title is one of the deal's objects.
Result<void> check_titles(const v1::Calculation& calculation,
                          const std::vector<std::string>& deal_titles);

// The commission that follows from the rate or the amount; nothing when neither is known.
std::optional<std::int64_t> expected_commission(const v1::Calculation& calculation);
std::string currency_of(const v1::Calculation& calculation);

}  // namespace bordero::crm
