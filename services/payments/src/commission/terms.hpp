#pragma once

#include <optional>
#include <vector>

#include "bordero/crm/v1/policies.pb.h"
#include "bordero/payments/v1/payments.pb.h"
#include "services/payments/src/commission/rule.hpp"
#include "services/payments/src/commission/shares.hpp"

namespace bordero::payments {

RuleSubject rule_subject(const crm::v1::Policy& policy);
// What a policy's commission is computed by: its own rate or amount, else the rule that wins;
// nothing when there is none of them.
std::optional<v1::Basis> terms_of(const crm::v1::Policy& policy,
                                  const std::vector<v1::CommissionRule>& rules);
// Whether a change of the policy asks for new terms; a changed schedule alone keeps the old ones.
bool asks_new_terms(const crm::v1::Policy& before, const crm::v1::Policy& after);

Terms terms_view(const v1::Basis& terms);
// The terms of a rule alone.
v1::Basis terms_of_rule(const v1::CommissionRule& rule);

}  // namespace bordero::payments
