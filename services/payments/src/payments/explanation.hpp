#pragma once

#include "bordero/payments/v1/payments.pb.h"
#include "platform/pg/database.hpp"

namespace bordero::payments {

// Why the payment has its amount: what it was computed from, and what people changed since.
awaitable<v1::PaymentExplanation> explain(pg::Transaction& tx, const v1::Payment& payment);

}  // namespace bordero::payments
