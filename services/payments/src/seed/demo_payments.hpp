#pragma once

#include <vector>

#include "bordero/crm/v1/policies.pb.h"
#include "demo/book.hpp"
#include "services/payments/src/payments/payment_store.hpp"

namespace bordero::payments {

// A policy of the book as CRM tells of it.
crm::v1::Policy policy_of(const demo::Book& book, const demo::BookPolicy& from);

// How far a payment of the demo agency has come by today: most came on time, some are late.
v1::PaymentStatus demo_status(const v1::Payment& payment, crm::v1::PaymentRoute route, Date today);

}  // namespace bordero::payments
