#include "services/payments/src/commission/terms.hpp"

#include <google/protobuf/util/message_differencer.h>

#include "platform/base/money.hpp"
#include "services/payments/src/commission/rule_store.hpp"
#include "services/payments/src/policies/policy_store.hpp"

namespace bordero::payments {

RuleSubject rule_subject(const crm::v1::Policy& policy) {
  return {.insurer_id = policy.insurer_id(),
          .product = policy.product(),
          .renewal = policy.is_renewal(),
          .starts_on = Date::parse(policy.effective_from()).value_or(Date{}),
          .currency = currency_of(policy)};
}

v1::Basis terms_of_rule(const v1::CommissionRule& rule) {
  v1::Basis terms;
  terms.set_source("rule");
  terms.set_rule_id(rule.id());
  terms.set_rule_version(rule.version());
  terms.set_rate_percent(rule.rate_percent());
  if (rule.has_fixed_amount()) *terms.mutable_fixed_amount() = rule.fixed_amount();
  terms.set_payout_days(rule.payout_days());
  return terms;
}

std::optional<v1::Basis> terms_of(const crm::v1::Policy& policy,
                                  const std::vector<v1::CommissionRule>& rules) {
  std::vector<Rule> views;
  for (const auto& rule : rules) views.push_back(rule_view(rule));
  const auto fitting = ranking(views, rule_subject(policy));
  std::optional<v1::Basis> terms;
  if (!fitting.empty()) terms = terms_of_rule(rules[fitting.front()]);

  // The policy's own rate beats the rules; only the usual delay of payout is theirs.
  const int payout_days = terms ? terms->payout_days() : 0;
  if (!policy.commission_rate().empty()) {
    terms.emplace().set_source("policy_rate");
    terms->set_rate_percent(policy.commission_rate());
    terms->set_payout_days(payout_days);
  } else if (policy.commission_amount().amount_minor() > 0) {
    terms.emplace().set_source("policy_amount");
    *terms->mutable_fixed_amount() = policy.commission_amount();
    terms->set_payout_days(payout_days);
  }
  return terms;
}

bool asks_new_terms(const crm::v1::Policy& before, const crm::v1::Policy& after) {
  const auto subject = [](const crm::v1::Policy& policy) {
    const RuleSubject of = rule_subject(policy);
    return std::tuple(of.insurer_id, of.product, of.renewal, of.starts_on, of.currency,
                      policy.commission_rate(), policy.commission_amount().amount_minor());
  };
  return subject(before) != subject(after);
}

Terms terms_view(const v1::Basis& terms) {
  if (terms.has_fixed_amount()) return {.fixed_minor = terms.fixed_amount().amount_minor()};
  const auto rate = parse_percent(terms.rate_percent(), "rate_percent");
  // A policy may say "0": no commission is planned for it.
  return {.rate_units = rate ? *rate : 0};
}

}  // namespace bordero::payments
