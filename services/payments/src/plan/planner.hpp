#pragma once

#include "platform/base/context.hpp"
#include "services/payments/src/policies/policy_store.hpp"

namespace bordero::payments {

// Brings the payments of a policy to its schedule, and tells what changed. `before` is the policy
// as it was here, if it was.
awaitable<void> plan_policy(pg::Transaction& tx, const Context& ctx,
                            const std::optional<KeptPolicy>& before, const crm::v1::Policy& policy);

}  // namespace bordero::payments
