#include "services/crm/src/calculations/calculation.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "platform/base/money.hpp"
#include "platform/pg/param.hpp"
#include "services/crm/src/calculations/product_terms.hpp"

namespace bordero::crm {
namespace {

constexpr auto kDraft = v1::CALCULATION_STATUS_DRAFT;
constexpr auto kReady = v1::CALCULATION_STATUS_READY;
constexpr auto kChosen = v1::CALCULATION_STATUS_CHOSEN;
constexpr auto kDeclined = v1::CALCULATION_STATUS_DECLINED;
constexpr auto kExpired = v1::CALCULATION_STATUS_EXPIRED;

struct Step {
  v1::CalculationStatus from;
  v1::CalculationStatus to;
};
constexpr std::array kSteps = {
    Step{kDraft, kReady},   Step{kReady, kDraft},    Step{kReady, kChosen},
    Step{kChosen, kReady},  Step{kDraft, kDeclined}, Step{kReady, kDeclined},
    Step{kDraft, kExpired}, Step{kReady, kExpired},  Step{kDeclined, kDraft},
    Step{kExpired, kDraft},
};

bool is_step(v1::CalculationStatus from, v1::CalculationStatus to) {
  return std::any_of(kSteps.begin(), kSteps.end(),
                     [&](const Step& step) { return step.from == from && step.to == to; });
}

// Becoming ready, or more, needs a whole quote.
bool needs_completeness(v1::CalculationStatus to) { return to == kReady || to == kChosen; }

// What is missing, or that its time is over.
std::vector<FieldError> not_yet_ready(const Calculation& calculation, Date today) {
  auto missing = missing_for_ready(calculation);
  if (calculation.valid_until && *calculation.valid_until < today) {
    missing.push_back({"valid_until", "in_the_past"});
  }
  return missing;
}

std::vector<std::string> allowed_names(const Calculation& calculation, Date today) {
  std::vector<std::string> names;
  for (const auto status : allowed_moves(calculation, today)) {
    names.push_back(pg::enum_tail(v1::CalculationStatus_descriptor(), status));
  }
  return names;
}

// The fields that stay open in a status; a draft takes all.
const std::set<std::string>& open_fields(v1::CalculationStatus status) {
  static const std::set<std::string> ready = {
      "program",     "object_titles",   "premium",           "coverage_sum",
      "deductible",  "commission_rate", "commission_amount", "calculated_on",
      "valid_until", "terms",           "extra_terms",       "comments"};
  static const std::set<std::string> chosen = {"commission_rate", "commission_amount",
                                               "valid_until", "comments"};
  static const std::set<std::string> ended = {"comments"};
  if (status == kReady) return ready;
  return status == kChosen ? chosen : ended;
}

struct NamedMoney {
  const char* field;
  bool present;
  const common::v1::Money& money;
};
std::vector<NamedMoney> money_of(const v1::Calculation& calculation) {
  const auto& terms = calculation.terms();
  return {
      {"premium", calculation.has_premium(), calculation.premium()},
      {"coverage_sum", calculation.has_coverage_sum(), calculation.coverage_sum()},
      {"deductible", calculation.has_deductible(), calculation.deductible()},
      {"commission_amount", calculation.has_commission_amount(), calculation.commission_amount()},
      {"terms.towing_limit", terms.has_towing_limit(), terms.towing_limit()},
      {"terms.loan_balance", terms.has_loan_balance(), terms.loan_balance()},
      {"terms.liability_sum", terms.has_liability_sum(), terms.liability_sum()}};
}

Result<void> check_money(const v1::Calculation& calculation) {
  const std::string currency = currency_of(calculation);
  for (const auto& [field, present, money] : money_of(calculation)) {
    if (!present) continue;
    if (money.amount_minor() < 0) return invalid_field(field, "negative");
    if (money.currency() != currency) return invalid_field(field, "another_currency");
  }
  if (calculation.has_premium() && calculation.premium().amount_minor() == 0) {
    return invalid_field("premium", "not_positive");
  }
  return {};
}

Result<void> check_commission(const v1::Calculation& calculation) {
  const std::string& rate = calculation.commission_rate();
  const auto units = parse_percent(rate.empty() ? "0" : rate, "commission_rate");
  if (!units) return units.error();
  if (!rate.empty() && calculation.has_commission_amount()) {
    return invalid_field("commission_amount", "either_rate_or_amount");
  }
  return {};
}

Result<void> check_dates(const v1::Calculation& calculation) {
  const auto from = Date::parse(calculation.calculated_on());
  const auto until = Date::parse(calculation.valid_until());
  if (!from) return invalid_field("calculated_on", "required");
  if (until && *until < *from) return invalid_field("valid_until", "before_calculated_on");
  return {};
}

}  // namespace

Calculation rule_view(const v1::Calculation& view) {
  Calculation calculation{.status = view.status(),
                          .product = view.product(),
                          .valid_until = Date::parse(view.valid_until())};
  if (view.has_premium()) calculation.premium_minor = view.premium().amount_minor();
  if (view.has_coverage_sum()) calculation.coverage_minor = view.coverage_sum().amount_minor();
  return calculation;
}

std::vector<FieldError> missing_for_ready(const Calculation& calculation) {
  std::vector<FieldError> missing;
  if (!calculation.premium_minor) missing.push_back({"premium", "required"});
  if (has_coverage_sum(calculation.product) && !calculation.coverage_minor) {
    missing.push_back({"coverage_sum", "required"});
  }
  if (!calculation.valid_until) missing.push_back({"valid_until", "required"});
  return missing;
}

Result<void> stays_complete(const Calculation& calculation) {
  if (!needs_completeness(calculation.status)) return {};
  auto missing = missing_for_ready(calculation);
  if (missing.empty()) return {};
  Error error = invalid("invalid_argument");
  error.fields = std::move(missing);
  return error;
}

std::vector<v1::CalculationStatus> allowed_moves(const Calculation& calculation, Date today) {
  const bool complete = not_yet_ready(calculation, today).empty();
  std::vector<v1::CalculationStatus> allowed;
  for (int i = kDraft; i <= kExpired; ++i) {
    const auto to = static_cast<v1::CalculationStatus>(i);
    // A choice can always be taken back.
    const bool forward = needs_completeness(to) && calculation.status != kChosen;
    if (is_step(calculation.status, to) && (complete || !forward)) allowed.push_back(to);
  }
  return allowed;
}

Result<void> may_move(const Calculation& calculation, v1::CalculationStatus to, Date today) {
  if (!is_step(calculation.status, to)) {
    return refused("calculation_transition_not_allowed", allowed_names(calculation, today));
  }
  if (!needs_completeness(to) || calculation.status == kChosen) return {};
  auto missing = not_yet_ready(calculation, today);
  if (missing.empty()) return {};
  Error error = refused("calculation_not_complete", allowed_names(calculation, today));
  error.fields = std::move(missing);
  return error;
}

Result<void> may_set(v1::CalculationStatus status, const std::vector<std::string>& fields) {
  if (status == kDraft) return {};
  const auto& open = open_fields(status);
  for (const auto& field : fields) {
    if (open.contains(field)) continue;
    Error error = refused("calculation_field_locked");
    error.fields.push_back({field, "locked"});
    return error;
  }
  return {};
}

Result<void> check_values(const v1::Calculation& calculation) {
  if (calculation.product() == v1::PRODUCT_UNSPECIFIED) return invalid_field("product", "required");
  if (auto money = check_money(calculation); !money) return money;
  if (auto commission = check_commission(calculation); !commission) return commission;
  if (auto dates = check_dates(calculation); !dates) return dates;
  return check_terms(calculation.product(), calculation.terms());
}

Result<void> check_titles(const v1::Calculation& calculation,
                          const std::vector<std::string>& deal_titles) {
  for (int i = 0; i < calculation.object_titles_size(); ++i) {
    const std::string& title = calculation.object_titles(i);
    if (std::find(deal_titles.begin(), deal_titles.end(), title) == deal_titles.end()) {
      return invalid_field("object_titles[" + std::to_string(i) + "]", "not_of_this_deal");
    }
  }
  return {};
}

std::optional<std::int64_t> expected_commission(const v1::Calculation& calculation) {
  if (calculation.has_commission_amount()) return calculation.commission_amount().amount_minor();
  const auto units = parse_percent(calculation.commission_rate(), "commission_rate");
  if (!units || !calculation.has_premium()) return std::nullopt;
  const auto share = share_of(calculation.premium().amount_minor(), *units);
  if (!share) return std::nullopt;
  return *share;
}

std::string currency_of(const v1::Calculation& calculation) {
  for (const auto& [field, present, money] : money_of(calculation)) {
    if (present) return money.currency();
  }
  return "RUB";
}

}  // namespace bordero::crm
