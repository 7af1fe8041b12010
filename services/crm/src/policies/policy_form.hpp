#pragma once

#include "platform/base/context.hpp"
#include "platform/pg/database.hpp"
#include "services/crm/src/policies/policy.hpp"
#include "services/crm/src/policies/quote.hpp"

namespace bordero::crm {

// What people fill in, made into a policy whose parts fit together.

// A draft of the deal from a request; a quote says what the request does not, and a schedule.
Result<v1::Policy> policy_from(const v1::CreatePolicyRequest& request, const v1::Deal& deal,
                               const Quote& quote);
// Numbers and keeps the instalments of a changed policy, titles its objects, checks all of it.
Result<void> complete_policy(v1::Policy& wanted, const v1::Policy& before);
// The insurer works with the agency and offers the product.
awaitable<Result<void>> check_offer(pg::Transaction& tx, const v1::Policy& policy);
// Parties that are clients take the client's name; the caller names only whom they may see.
awaitable<Result<void>> name_parties(pg::Transaction& tx, const Caller& caller, v1::Policy& policy);

}  // namespace bordero::crm
