#pragma once

#include <optional>
#include <string>
#include <vector>

#include "platform/base/context.hpp"
#include "platform/pg/database.hpp"
#include "services/crm/src/policies/policy_view.hpp"
#include "services/crm/src/policies/quote.hpp"

namespace bordero::crm {

// What a policy is asked to become.
struct PolicyStep {
  v1::PolicyStatus to = v1::POLICY_STATUS_UNSPECIFIED;
  std::string reason = {};             // Of closing.
  std::optional<Date> closed_on = {};  // Today, or the policy's end, when absent.
};

// Takes the step and all that follows from it: a policy that becomes active ends its predecessor's
// time, makes its client active and, when paid, its deal; says so to everybody. The deal and the
// policy are locked. Gives the policy as it is then, as the same caller sees it.
awaitable<Result<SeenPolicy>> move_policy(pg::Transaction& tx, const Context& ctx, SeenPolicy seen,
                                          const PolicyStep& step);
// Makes the draft that continues the policy, from what `quote` says where it says something.
awaitable<Result<SeenPolicy>> renew_policy(pg::Transaction& tx, const Context& ctx, SeenPolicy seen,
                                           const Quote& quote);

// Queued: the ends of these policies among the dates of their deals. An end that a successor in
// force follows matters no more.
void keep_policy_ends(pg::Transaction& tx, const std::vector<std::string>& policy_ids);

inline constexpr const char* kReplaced = "replaced";  // Why the system closes a policy.

}  // namespace bordero::crm
