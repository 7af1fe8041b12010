#pragma once

#include "platform/base/context.hpp"
#include "platform/base/result.hpp"
#include "platform/rpc/contract.hpp"

namespace bordero::rpc {

// Whether who calls may call this method at all, as far as the contract and the policy table tell:
// before the request is looked at. Which service calls has been settled before.
Result<void> admit(const Method& method, const Caller& caller);

}  // namespace bordero::rpc
