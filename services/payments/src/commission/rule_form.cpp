#include "services/payments/src/commission/rule_form.hpp"

#include "platform/base/money.hpp"
#include "services/payments/src/commission/rule_store.hpp"
#include "services/payments/src/commission/shares.hpp"
#include "services/payments/src/commission/terms.hpp"

namespace bordero::payments {
namespace {

constexpr const char* kCandidate = "candidate";

RuleSubject subject_of(const v1::PreviewCommissionRulesRequest& request) {
  const auto starts_on = Date::parse(request.effective_from());
  return {.insurer_id = request.insurer_id(),
          .product = request.product(),
          .renewal = request.kind() == v1::COMMISSION_KIND_RENEWAL,
          .starts_on = starts_on ? *starts_on : clock::today(),
          .currency = request.premium().currency().empty() ? "RUB" : request.premium().currency()};
}

void add_standing(v1::PreviewCommissionRulesReply& reply, const v1::CommissionRule& rule, bool fits,
                  const char* reason) {
  auto& standing = *reply.add_rules();
  *standing.mutable_rule() = rule;
  standing.set_fits(fits);
  standing.set_reason(reason);
}

}  // namespace

v1::CommissionRule rule_from(const v1::CreateCommissionRuleRequest& request) {
  v1::CommissionRule rule;
  rule.set_insurer_id(request.insurer_id());
  rule.set_product(request.product());
  rule.set_kind(request.kind());
  rule.set_rate_percent(request.rate_percent());
  if (request.has_fixed_amount()) *rule.mutable_fixed_amount() = request.fixed_amount();
  rule.set_base(v1::COMMISSION_BASE_PREMIUM);
  rule.set_valid_from(request.valid_from());
  rule.set_valid_to(request.valid_to());
  rule.set_payout_days(request.payout_days());
  rule.set_notes(request.notes());
  return rule;
}

Result<void> check_rule(v1::CommissionRule& rule) {
  if (rule.kind() == v1::COMMISSION_KIND_UNSPECIFIED) rule.set_kind(v1::COMMISSION_KIND_ANY);
  const bool rated = !rule.rate_percent().empty();
  if (rated == rule.has_fixed_amount()) return invalid_field("rate_percent", "rate_or_amount");
  if (rated) {
    const auto units = TRY(parse_percent(rule.rate_percent(), "rate_percent"));
    if (units == 0) return invalid_field("rate_percent", "not_positive");
    rule.set_rate_percent(percent_text(units));
  } else if (rule.fixed_amount().amount_minor() <= 0) {
    return invalid_field("fixed_amount", "not_positive");
  } else if (rule.fixed_amount().amount_minor() > kMaxMinor) {
    return invalid_field("fixed_amount", "amount_out_of_range");
  }
  const auto from = Date::parse(rule.valid_from());
  if (!from) return invalid_field("valid_from", "required");
  const auto to = Date::parse(rule.valid_to());
  if (to && *to < *from) return invalid_field("valid_to", "before_valid_from");
  return {};
}

v1::PreviewCommissionRulesReply standings(const std::vector<v1::CommissionRule>& rules,
                                          const v1::PreviewCommissionRulesRequest& request) {
  std::vector<v1::CommissionRule> all = rules;
  if (request.has_candidate()) {
    all.push_back(rule_from(request.candidate()));
    all.back().set_id(kCandidate);
    if (all.back().kind() == v1::COMMISSION_KIND_UNSPECIFIED) {
      all.back().set_kind(v1::COMMISSION_KIND_ANY);
    }
  }
  std::vector<Rule> views;
  for (const auto& rule : all) views.push_back(rule_view(rule));
  const RuleSubject subject = subject_of(request);
  const auto fitting = ranking(views, subject);

  v1::PreviewCommissionRulesReply reply;
  for (const std::size_t at : fitting) {
    add_standing(reply, all[at], true, reply.rules_size() == 0 ? "wins" : "less_specific");
  }
  for (std::size_t i = 0; i < all.size(); ++i) {
    const char* reason = misfit(views[i], subject);
    if (reason != nullptr) add_standing(reply, all[i], false, reason);
  }
  if (fitting.empty()) return reply;
  const auto& winner = all[fitting.front()];
  reply.set_winner_id(winner.id());
  if (request.premium().amount_minor() <= 0) return reply;
  const Terms terms = terms_view(terms_of_rule(winner));
  auto& commission = *reply.mutable_commission();
  commission.set_amount_minor(whole_commission(terms, request.premium().amount_minor()));
  commission.set_currency(request.premium().currency());
  return reply;
}

}  // namespace bordero::payments
