#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "bordero/crm/v1/insurers.pb.h"
#include "bordero/payments/v1/commission_rules.pb.h"
#include "platform/base/clock.hpp"

namespace bordero::payments {

// What decides who wins among commission rules; the full view is v1::CommissionRule.
struct Rule {
  std::string id;
  std::string insurer_id = {};                              // Empty: of any insurer.
  crm::v1::Product product = crm::v1::PRODUCT_UNSPECIFIED;  // Unspecified: any product.
  v1::CommissionKind kind = v1::COMMISSION_KIND_ANY;
  Date valid_from = {};
  std::optional<Date> valid_to = {};  // Inclusive.
  std::string currency = {};          // Of a fixed amount; a rate fits every currency.
};

// What a rule is looked for: a policy, as far as rules distinguish policies.
struct RuleSubject {
  std::string insurer_id;
  crm::v1::Product product = crm::v1::PRODUCT_UNSPECIFIED;
  bool renewal = false;
  Date starts_on = {};
  std::string currency = "RUB";
};

// Why a rule is not for the subject, the stable name of the first thing that differs; null when it
// is for it.
const char* misfit(const Rule& rule, const RuleSubject& subject);
// Whether the rule says more about its policies than the other: first by insurer, then product,
// then kind; among equals the one that is valid from later, then the newer.
bool beats(const Rule& rule, const Rule& other);
// Positions of the rules that fit, the winner first.
std::vector<std::size_t> ranking(const std::vector<Rule>& rules, const RuleSubject& subject);

}  // namespace bordero::payments
