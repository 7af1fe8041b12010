#include "services/crm/src/calculations/product_terms.hpp"

#include <algorithm>
#include <map>

#include "platform/base/money.hpp"

namespace bordero::crm {
namespace {

using google::protobuf::FieldDescriptor;

struct ProductTerms {
  bool coverage_sum;
  bool deductible;                  // A quote should say one, if only "none".
  std::vector<std::string> fields;  // All that may be given.
  int expected;                     // So many of the first should be given.
};

const ProductTerms& terms_row(v1::Product product) {
  static const std::map<int, ProductTerms> table = {
      {v1::PRODUCT_KASKO,
       {true, true, {"repair", "theft", "towing", "towing_limit", "instalment_count"}, 2}},
      {v1::PRODUCT_OSAGO,
       {false,
        false,
        {"bonus_malus", "period_months", "drivers_unlimited", "instalment_count"},
        1}},
      {v1::PRODUCT_MORTGAGE,
       {true,
        false,
        {"bank", "loan_balance", "life_insured", "property_insured", "title_insured",
         "instalment_count"},
        2}},
      {v1::PRODUCT_PROPERTY,
       {true, true, {"liability_sum", "finish_insured", "instalment_count"}, 0}},
      {v1::PRODUCT_DMS,
       {false, false, {"insured_count", "clinics", "dentistry", "instalment_count"}, 2}},
      {v1::PRODUCT_NS, {true, false, {"insured_count", "sports", "instalment_count"}, 1}},
      {v1::PRODUCT_TRAVEL,
       {true, true, {"territory", "days", "insured_count", "sports", "instalment_count"}, 3}},
      {v1::PRODUCT_LIABILITY, {true, true, {"activity", "instalment_count"}, 1}},
      {v1::PRODUCT_CARGO, {true, true, {"route", "transport", "instalment_count"}, 2}},
      {v1::PRODUCT_OTHER, {false, false, {"instalment_count"}, 0}},
  };
  const auto found = table.find(product);
  return found == table.end() ? table.at(v1::PRODUCT_OTHER) : found->second;
}

// КБМ is between the two ends of the official table.
bool is_bonus_malus(const std::string& text) {
  const auto value = parse_amount(text, "bonus_malus");
  return value && *value >= 46 && *value <= 392;
}

}  // namespace

bool is_set(const google::protobuf::Message& message, const std::string& name) {
  const FieldDescriptor* field = message.GetDescriptor()->FindFieldByName(name);
  return field != nullptr && !field->is_repeated() &&
         message.GetReflection()->HasField(message, field);
}

bool has_coverage_sum(v1::Product product) { return terms_row(product).coverage_sum; }

const std::vector<std::string>& terms_of(v1::Product product) { return terms_row(product).fields; }

Result<void> check_terms(v1::Product product, const v1::CalculationTerms& terms) {
  const auto& fitting = terms_of(product);
  const auto* type = terms.GetDescriptor();
  for (int i = 0; i < type->field_count(); ++i) {
    const std::string& name = type->field(i)->name();
    if (!is_set(terms, name)) continue;
    if (std::find(fitting.begin(), fitting.end(), name) == fitting.end()) {
      return invalid_field("terms." + name, "not_of_this_product");
    }
  }
  if (terms.has_towing_limit() != (terms.towing() == v1::TOWING_LIMITED)) {
    return invalid_field("terms.towing_limit", "goes_with_limited_towing");
  }
  if (!terms.bonus_malus().empty() && !is_bonus_malus(terms.bonus_malus())) {
    return invalid_field("terms.bonus_malus", "out_of_range");
  }
  return {};
}

std::vector<std::string> unfilled(const v1::Calculation& calculation) {
  const auto& row = terms_row(calculation.product());
  std::vector<std::string> fields;
  if (!calculation.has_premium()) fields.emplace_back("premium");
  if (row.coverage_sum && !calculation.has_coverage_sum()) fields.emplace_back("coverage_sum");
  if (row.deductible && !calculation.has_deductible()) fields.emplace_back("deductible");
  if (calculation.valid_until().empty()) fields.emplace_back("valid_until");
  for (int i = 0; i < row.expected; ++i) {
    const std::string& name = row.fields[static_cast<std::size_t>(i)];
    if (!is_set(calculation.terms(), name)) fields.push_back("terms." + name);
  }
  return fields;
}

}  // namespace bordero::crm
