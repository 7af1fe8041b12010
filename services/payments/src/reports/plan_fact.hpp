#pragma once

#include <string>
#include <vector>

#include "bordero/payments/v1/payments.pb.h"
#include "platform/base/clock.hpp"
#include "platform/base/result.hpp"

namespace bordero::payments {

// Sums of payments of one group, type and currency.
struct PlanFactSum {
  std::string value;
  std::string currency;
  v1::PaymentType type = v1::PAYMENT_TYPE_CLIENT_PREMIUM;
  int count = 0;
  std::int64_t planned = 0;
  std::int64_t received = 0;
  std::int64_t overdue = 0;
  std::int64_t paid_out = 0;
};
// Rows by value and currency, their totals, and what the agency keeps of each.
void fill_plan_fact(v1::PlanFact& report, const std::vector<PlanFactSum>& sums);

// The days that a report is about: what was asked for, else half a year back and ahead.
struct Period {
  Date from;
  Date to;
};
Result<Period> period_of(const v1::GetPlanFactRequest& request, Date today);

}  // namespace bordero::payments
