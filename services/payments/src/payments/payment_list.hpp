#pragma once

#include <string>
#include <vector>

#include "platform/lists/list_page.hpp"
#include "services/payments/src/payments/payment_store.hpp"

namespace bordero::payments {

// Payments that the caller may see, but for those of `hidden` deals: the rows and what they can be
// filtered, sorted and grouped by.
struct PaymentSource {
  lists::Spec spec;
  lists::ListSource source;
};
PaymentSource payment_source(const Caller& caller, const std::vector<std::string>& hidden);

// A page of them; with `group_by` also counts and sums over the whole filter.
awaitable<Result<v1::ListPaymentsReply>> list_page_of_payments(
    pg::Transaction& tx, const Caller& caller, const std::vector<std::string>& hidden,
    const v1::ListPaymentsRequest& request);

}  // namespace bordero::payments
