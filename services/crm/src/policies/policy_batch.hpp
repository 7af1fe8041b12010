#pragma once

#include "platform/base/context.hpp"
#include "platform/pg/database.hpp"
#include "services/crm/src/policies/policy.hpp"

namespace bordero::crm {

// A batch has a known action and names each policy once.
Result<void> check_batch(const v1::BatchPoliciesRequest& request);
// Takes the action for each policy that allows it; the others answer why not, and stay as they are.
awaitable<v1::BatchPoliciesReply> apply_batch(pg::Transaction& tx, const Context& ctx,
                                              const v1::BatchPoliciesRequest& request);

}  // namespace bordero::crm
