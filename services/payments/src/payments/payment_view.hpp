#pragma once

#include "services/payments/src/payments/payment_store.hpp"

namespace bordero::payments {

Hand hand_of(const Caller& caller, const policy::Relation& relation);
// Fills what depends on who asks: capabilities and allowed statuses.
void show_payment(SeenPayment& seen, const Caller& caller);

}  // namespace bordero::payments
