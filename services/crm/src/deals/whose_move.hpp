#pragma once

#include "bordero/payments/v1/payments.pb.h"
#include "platform/base/context.hpp"

namespace bordero::crm {

// Whose move an unpaid payment is: planned money waits for who pays it, expected money for finance.
const char* whose_payment(payments::v1::PaymentType type, payments::v1::PaymentStatus status);
// A task is its assignee's move.
const char* whose_task(Role assignee);

}  // namespace bordero::crm
