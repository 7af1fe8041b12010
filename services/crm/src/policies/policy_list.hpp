#pragma once

#include <string>
#include <string_view>

#include "platform/base/context.hpp"
#include "platform/lists/list_page.hpp"
#include "platform/pg/database.hpp"
#include "services/crm/src/policies/policy.hpp"

namespace bordero::crm {

// A page of the policies that the caller may see; with `group_by` also counts and premiums over the
// whole filter.
awaitable<Result<v1::ListPoliciesReply>> list_page_of_policies(
    pg::Transaction& tx, const Caller& caller, const v1::ListPoliciesRequest& request);

// The rows of the same list, for reports: `p` are the policies and `d` their deals, `narrow` is the
// table that has status and end by the index that leads.
struct PolicySource {
  const lists::Spec& spec;
  lists::ListSource source;
  std::string narrow;
};
// Those that the caller's role reaches by this action: all, or related ones.
PolicySource policy_source(const Caller& caller, std::string_view action);

}  // namespace bordero::crm
