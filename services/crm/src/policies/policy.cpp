#include "services/crm/src/policies/policy.hpp"

#include <algorithm>
#include <array>

#include "platform/base/money.hpp"
#include "platform/base/months.hpp"
#include "platform/pg/param.hpp"
#include "platform/search/folding.hpp"

namespace bordero::crm {
namespace {

struct Step {
  v1::PolicyStatus from;
  v1::PolicyStatus to;
};
constexpr std::array kSteps = {
    Step{v1::POLICY_STATUS_DRAFT, v1::POLICY_STATUS_ACTIVE},
    Step{v1::POLICY_STATUS_ACTIVE, v1::POLICY_STATUS_RENEWAL_PENDING},
    Step{v1::POLICY_STATUS_ACTIVE, v1::POLICY_STATUS_CLOSED},
    Step{v1::POLICY_STATUS_RENEWAL_PENDING, v1::POLICY_STATUS_ACTIVE},
    Step{v1::POLICY_STATUS_RENEWAL_PENDING, v1::POLICY_STATUS_CLOSED},
};
constexpr int kDaysOfAYear = 366;

bool is_step(v1::PolicyStatus from, v1::PolicyStatus to) {
  return std::any_of(kSteps.begin(), kSteps.end(),
                     [&](const Step& step) { return step.from == from && step.to == to; });
}

std::vector<std::string> allowed_names(const Policy& policy) {
  std::vector<std::string> names;
  for (const auto status : allowed_moves(policy)) {
    names.push_back(pg::enum_tail(v1::PolicyStatus_descriptor(), status));
  }
  return names;
}

// What a draft lacks to be a contract.
std::vector<FieldError> missing(const Policy& policy) {
  std::vector<FieldError> fields;
  const auto lacks = [&](const char* field) { fields.push_back({field, "required"}); };
  if (!policy.has_number) lacks("number");
  if (!policy.effective_from) lacks("effective_from");
  if (!policy.effective_to) lacks("effective_to");
  if (policy.premium_minor <= 0) lacks("premium");
  return fields;
}

Result<void> check_money(const common::v1::Money& money, const std::string& currency,
                         const std::string& field, std::int64_t least) {
  if (money.amount_minor() < least) return invalid_field(field, "too_small");
  if (money.currency() != currency) return invalid_field(field, "other_currency");
  return {};
}

std::string at(const char* list, int index, const char* field) {
  return std::string(list) + "[" + std::to_string(index) + "]." + field;
}

Result<void> check_span(const v1::Policy& policy) {
  const auto from = Date::parse(policy.effective_from());
  const auto to = Date::parse(policy.effective_to());
  if (from && to && *to < *from) return invalid_field("effective_to", "before_effective_from");
  return {};
}

// Annual periods follow each other without gaps from the first day to the last.
Result<void> check_periods(const v1::Policy& policy) {
  if (policy.periods().empty()) return {};
  const std::string& currency = policy.premium().currency();
  std::string expected = policy.effective_from();
  std::int64_t sum = 0;
  for (int i = 0; i < policy.periods_size(); ++i) {
    const auto& period = policy.periods(i);
    const auto from = Date::parse(period.starts_on());
    const auto to = Date::parse(period.ends_on());
    if (period.starts_on() != expected) {
      return invalid_field(at("periods", i, "starts_on"), "not_continuous");
    }
    if (*to < *from || from->plus_days(kDaysOfAYear) <= *to) {
      return invalid_field(at("periods", i, "ends_on"), "not_within_a_year");
    }
    TRY(check_money(period.premium(), currency, at("periods", i, "premium"), 0));
    if (period.has_coverage_sum()) {
      TRY(check_money(period.coverage_sum(), currency, at("periods", i, "coverage_sum"), 0));
    }
    sum = TRY(add_amounts(sum, period.premium().amount_minor()));
    expected = to->plus_days(1).str();
  }
  const auto last = Date::parse(policy.effective_to());
  if (!last || last->plus_days(1).str() != expected) {
    return invalid_field("periods", "do_not_reach_the_end");
  }
  if (sum != policy.premium().amount_minor()) {
    return invalid_field("periods", "do_not_add_up",
                         "they are " + amount_text(sum) + ", the premium is " +
                             amount_text(policy.premium().amount_minor()));
  }
  return {};
}

Result<void> check_schedule(const v1::Policy& policy) {
  const std::string& currency = policy.premium().currency();
  std::int64_t sum = 0;
  for (int i = 0; i < policy.instalments_size(); ++i) {
    const auto& amount = policy.instalments(i).amount();
    TRY(check_money(amount, currency, at("instalments", i, "amount"), 1));
    sum = TRY(add_amounts(sum, amount.amount_minor()));
  }
  if (sum == policy.premium().amount_minor()) return {};
  return invalid_field("instalments", "do_not_add_up",
                       "they are " + amount_text(sum) + ", the premium is " +
                           amount_text(policy.premium().amount_minor()));
}

// A rate is a decimal of at most four places; a policy has a rate or an amount.
Result<void> check_commission(const v1::Policy& policy) {
  const std::string& rate = policy.commission_rate();
  if (!rate.empty()) {
    const auto units = parse_percent(rate, "commission_rate");
    if (!units) return units.error();
    if (policy.has_commission_amount()) {
      return invalid_field("commission_amount", "rate_or_amount");
    }
  }
  if (!policy.has_commission_amount()) return {};
  return check_money(policy.commission_amount(), policy.premium().currency(), "commission_amount",
                     0);
}

Result<void> check_parties(const v1::Policy& policy) {
  int holders = 0;
  for (int i = 0; i < policy.parties_size(); ++i) {
    const auto& party = policy.parties(i);
    if (party.client_id().empty() && party.name().empty()) {
      return invalid_field(at("parties", i, "name"), "required");
    }
    holders += party.role() == v1::PARTY_ROLE_POLICYHOLDER ? 1 : 0;
  }
  if (holders > 1) return invalid_field("parties", "one_policyholder");
  return {};
}

}  // namespace

bool is_in_force(v1::PolicyStatus status) {
  return status == v1::POLICY_STATUS_ACTIVE || status == v1::POLICY_STATUS_RENEWAL_PENDING;
}

std::vector<v1::PolicyStatus> allowed_moves(const Policy& policy) {
  std::vector<v1::PolicyStatus> allowed;
  if (!policy.deal_is_open) return allowed;
  for (int i = v1::POLICY_STATUS_DRAFT; i <= v1::POLICY_STATUS_CLOSED; ++i) {
    const auto to = static_cast<v1::PolicyStatus>(i);
    if (is_step(policy.status, to) && missing(policy).empty()) allowed.push_back(to);
  }
  return allowed;
}

Result<void> may_move(const Policy& policy, v1::PolicyStatus to) {
  if (policy.status == v1::POLICY_STATUS_CLOSED) return refused("policy_is_closed");
  if (!policy.deal_is_open) return refused("deal_is_closed");
  if (!is_step(policy.status, to)) {
    return refused("policy_transition_not_allowed", allowed_names(policy));
  }
  auto lacking = missing(policy);
  if (lacking.empty()) return {};
  Error incomplete = refused("policy_incomplete", allowed_names(policy));
  incomplete.fields = std::move(lacking);
  return incomplete;
}

Result<void> may_change(const Policy& policy) {
  if (policy.status == v1::POLICY_STATUS_CLOSED) return refused("policy_is_closed");
  if (!policy.deal_is_open) return refused("deal_is_closed");
  return {};
}

Result<void> may_renew(const Policy& policy) {
  if (policy.status == v1::POLICY_STATUS_CLOSED) return refused("policy_is_closed");
  if (!policy.deal_is_open) return refused("deal_is_closed");
  if (policy.status == v1::POLICY_STATUS_DRAFT) return refused("policy_is_draft");
  if (policy.has_successor) return refused("policy_already_renewed");
  if (policy.has_renewal_deal) return refused("renewal_deal_exists");
  return {};
}

Result<void> may_open_renewal_deal(const Policy& policy) {
  if (policy.status == v1::POLICY_STATUS_DRAFT) return refused("policy_is_draft");
  if (policy.has_successor) return refused("policy_already_renewed");
  if (policy.has_renewal_deal) return refused("renewal_deal_exists");
  if (policy.ended_early) return refused("policy_ended_early");
  return {};
}

Result<Date> closing_date(const Policy& policy, std::optional<Date> asked, Date today) {
  ensure(policy.effective_to.has_value(), "a policy in force has an end");
  // Who closes what ended long ago without a date means its end.
  const Date on = asked.value_or(std::min(today, *policy.effective_to));
  if (on > today) return invalid_field("closed_on", "in_the_future");
  if (on > *policy.effective_to) return invalid_field("closed_on", "after_effective_to");
  return on;
}

Result<void> may_become(const v1::Policy& before, const v1::Policy& wanted) {
  if (before.status() == v1::POLICY_STATUS_DRAFT) return {};
  const auto stays = [](const char* field) {
    Error fixed = refused("policy_is_in_force");
    fixed.fields.push_back({field, "only_in_draft"});
    return fixed;
  };
  if (before.insurer_id() != wanted.insurer_id()) return stays("insurer_id");
  if (before.product() != wanted.product()) return stays("product");
  if (search::code_of(wanted.number()).empty()) return invalid_field("number", "required");
  if (wanted.effective_from().empty()) return invalid_field("effective_from", "required");
  if (wanted.effective_to().empty()) return invalid_field("effective_to", "required");
  if (wanted.premium().amount_minor() <= 0) return invalid_field("premium", "too_small");
  return {};
}

Result<void> check_policy(const v1::Policy& policy) {
  const std::string& currency = policy.premium().currency();
  if (policy.insurer_id().empty()) return invalid_field("insurer_id", "required");
  if (policy.product() == v1::PRODUCT_UNSPECIFIED) return invalid_field("product", "required");
  TRY(check_money(policy.premium(), currency, "premium", 0));
  if (policy.has_coverage_sum()) {
    TRY(check_money(policy.coverage_sum(), currency, "coverage_sum", 0));
  }
  TRY(check_span(policy));
  TRY(check_schedule(policy));
  TRY(check_periods(policy));
  TRY(check_commission(policy));
  return check_parties(policy);
}

Span next_span(const Span& span) {
  const Date from = span.to.plus_days(1);
  return {from, moved_with(span, from).plus_days(-1)};
}

Date moved_with(const Span& span, Date date) {
  const Date next = span.to.plus_days(1);
  const auto months = whole_months(span.from, next);
  if (!months) return date.plus_days(static_cast<int>((next.day - span.from.day).count()));
  // So many months after the first day it stays, whatever day of a month the next one begins on.
  if (const auto since = whole_months(span.from, date)) return plus_months(next, *since);
  return plus_months(date, *months);
}

}  // namespace bordero::crm
