#pragma once

#include "platform/base/context.hpp"
#include "platform/pg/database.hpp"
#include "services/crm/src/policies/policy.hpp"

namespace bordero::crm {

// A page of the policies that the caller may see; with `group_by` also counts and premiums over the
// whole filter.
awaitable<Result<v1::ListPoliciesReply>> list_page_of_policies(
    pg::Transaction& tx, const Caller& caller, const v1::ListPoliciesRequest& request);

}  // namespace bordero::crm
