#pragma once

#include <vector>

#include "bordero/payments/v1/commission_rules.pb.h"
#include "platform/base/result.hpp"

namespace bordero::payments {

// A rule as it was typed, with what it leaves out filled in; without id and version.
v1::CommissionRule rule_from(const v1::CreateCommissionRuleRequest& request);
// Either a rate or an amount, and a period that does not end before it begins. Rates are written
// in one way: "18.5", not "18.50".
Result<void> check_rule(v1::CommissionRule& rule);

// Who wins for a policy, and why the others do not.
v1::PreviewCommissionRulesReply standings(const std::vector<v1::CommissionRule>& rules,
                                          const v1::PreviewCommissionRulesRequest& request);

}  // namespace bordero::payments
