#pragma once

#include "platform/mq/mq.hpp"

namespace bordero::payments {

// CRM made or changed a policy: the copy follows, and once the policy is in force its payments are
// planned. What is older than the copy is passed over; each event carries the whole policy.
awaitable<Result<void>> on_policy(pg::Transaction& tx, Context& ctx, const mq::Event& event);
// Calls it for all of CRM's events about policies.
void follow_policies(mq::Consumer& consumer);

}  // namespace bordero::payments
