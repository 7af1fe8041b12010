#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bordero/crm/v1/policies.pb.h"
#include "platform/base/clock.hpp"
#include "platform/base/result.hpp"

namespace bordero::crm {

// What the rules need to know about a policy; the full view is v1::Policy.
struct Policy {
  v1::PolicyStatus status = v1::POLICY_STATUS_DRAFT;
  bool deal_is_open = true;
  bool has_number = false;
  std::optional<Date> effective_from = {};
  std::optional<Date> effective_to = {};
  std::int64_t premium_minor = 0;
  bool has_successor = false;
  bool has_renewal_deal = false;  // An open one.
  bool ended_early = false;       // Closed before its end.
};

// In force: active, or active and waiting for its renewal.
bool is_in_force(v1::PolicyStatus status);

// Nothing, or the rule that forbids the step, with the statuses that are allowed.
Result<void> may_move(const Policy& policy, v1::PolicyStatus to);
// The statuses that a person may move the policy to now.
std::vector<v1::PolicyStatus> allowed_moves(const Policy& policy);
// A closed policy is final.
Result<void> may_change(const Policy& policy);
// Only what is in force is continued, and once.
Result<void> may_renew(const Policy& policy);
// What is in force or has lapsed is renewed in another deal, in one at a time.
Result<void> may_open_renewal_deal(const Policy& policy);
// A policy ends by hand within its time, or is cancelled before it; not in the future.
Result<Date> closing_date(const Policy& policy, std::optional<Date> asked, Date today);

// What the insurer and product of a policy that is no draft say, stays.
Result<void> may_become(const v1::Policy& before, const v1::Policy& wanted);
// Checks the period, annual periods, parties, money and schedule of a policy against each other.
// Names the field that does not fit.
Result<void> check_policy(const v1::Policy& policy);

struct Span {
  Date from;
  Date to;  // Inclusive.
};
// The time after a policy's: whole months stay whole months, anything else keeps its days.
Span next_span(const Span& span);
// The date of one span in the next: as many months after its first day where it is whole months
// after it, and else as much later as the next span is.
Date moved_with(const Span& span, Date date);

}  // namespace bordero::crm
