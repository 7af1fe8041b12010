#include "services/payments/src/commission/rule.hpp"

#include <algorithm>
#include <tuple>

namespace bordero::payments {
namespace {

auto weight(const Rule& rule) {
  return std::tuple(!rule.insurer_id.empty(), rule.product != crm::v1::PRODUCT_UNSPECIFIED,
                    rule.kind != v1::COMMISSION_KIND_ANY, rule.valid_from, rule.id);
}

}  // namespace

const char* misfit(const Rule& rule, const RuleSubject& subject) {
  if (!rule.insurer_id.empty() && rule.insurer_id != subject.insurer_id) return "other_insurer";
  if (rule.product != crm::v1::PRODUCT_UNSPECIFIED && rule.product != subject.product) {
    return "other_product";
  }
  const auto kind = subject.renewal ? v1::COMMISSION_KIND_RENEWAL : v1::COMMISSION_KIND_NEW;
  if (rule.kind != v1::COMMISSION_KIND_ANY && rule.kind != kind) return "other_kind";
  if (subject.starts_on < rule.valid_from) return "not_yet_valid";
  if (rule.valid_to && *rule.valid_to < subject.starts_on) return "no_longer_valid";
  if (!rule.currency.empty() && rule.currency != subject.currency) return "other_currency";
  return nullptr;
}

bool beats(const Rule& rule, const Rule& other) { return weight(rule) > weight(other); }

std::vector<std::size_t> ranking(const std::vector<Rule>& rules, const RuleSubject& subject) {
  std::vector<std::size_t> fitting;
  for (std::size_t i = 0; i < rules.size(); ++i) {
    if (misfit(rules[i], subject) == nullptr) fitting.push_back(i);
  }
  std::sort(fitting.begin(), fitting.end(),
            [&](std::size_t a, std::size_t b) { return beats(rules[a], rules[b]); });
  return fitting;
}

}  // namespace bordero::payments
