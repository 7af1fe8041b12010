#pragma once

#include "platform/base/context.hpp"
#include "services/payments/src/payments/payment_store.hpp"

namespace bordero::payments {

// A step of one payment as it is asked for, alone or in a batch.
struct Step {
  Move move;
  int version = 0;
  std::optional<common::v1::Money> amount = {};  // What came instead of the plan.
};
// The payment after the step, or the rule that forbids it. Nothing is written.
Result<v1::Payment> stepped(const SeenPayment& seen, const Context& ctx, const Step& step);

// An amount that replaces the payment's: more than nothing, of the same currency.
Result<void> check_amount(const v1::Payment& payment, const common::v1::Money& amount);

}  // namespace bordero::payments
