#include "services/crm/src/calculations/calculation.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/crm/src/calculations/calculation_history.hpp"
#include "services/crm/src/calculations/product_terms.hpp"

namespace bordero::crm {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const Date kToday = *Date::parse("2026-11-23");

Calculation whole(v1::CalculationStatus status = v1::CALCULATION_STATUS_DRAFT) {
  return {.status = status,
          .product = v1::PRODUCT_KASKO,
          .premium_minor = 8425000,
          .coverage_minor = 220000000,
          .valid_until = kToday};
}

v1::Calculation quote() {
  v1::Calculation made;
  made.set_product(v1::PRODUCT_KASKO);
  made.set_calculated_on("2026-11-20");
  made.mutable_premium()->set_amount_minor(8425000);
  made.mutable_premium()->set_currency("RUB");
  return made;
}

std::string wrong_field(const v1::Calculation& calculation) {
  const auto checked = check_values(calculation);
  if (checked) return "";
  return checked.error().fields[0].field + " " + checked.error().fields[0].code;
}

std::vector<std::string> names(const std::vector<FieldError>& errors) {
  std::vector<std::string> fields;
  for (const auto& error : errors) fields.push_back(error.field);
  return fields;
}

TEST(CalculationSteps, AreThoseOfTheDomain) {
  using Steps = std::vector<std::pair<int, int>>;
  Steps allowed;
  for (int from = 1; from <= 5; ++from) {
    for (int to = 1; to <= 5; ++to) {
      const auto status = static_cast<v1::CalculationStatus>(from);
      const auto wanted = static_cast<v1::CalculationStatus>(to);
      if (may_move(whole(status), wanted, kToday)) allowed.emplace_back(from, to);
    }
  }

  const Steps domain = {{1, 2}, {1, 4}, {1, 5}, {2, 1}, {2, 3},
                        {2, 4}, {2, 5}, {3, 2}, {4, 1}, {5, 1}};
  EXPECT_EQ(allowed, domain);
}

TEST(CalculationSteps, ARefusalListsWhatIsAllowed) {
  const auto refusal =
      may_move(whole(v1::CALCULATION_STATUS_CHOSEN), v1::CALCULATION_STATUS_DECLINED, kToday);

  EXPECT_EQ(refusal.error().reason, "calculation_transition_not_allowed");
  EXPECT_THAT(refusal.error().allowed, ElementsAre("ready"));
}

TEST(CalculationSteps, ReadyNeedsWhatItsProductSays) {
  const Calculation empty{.product = v1::PRODUCT_KASKO};

  const auto refusal = may_move(empty, v1::CALCULATION_STATUS_READY, kToday);

  EXPECT_EQ(refusal.error().reason, "calculation_not_complete");
  EXPECT_THAT(names(refusal.error().fields), ElementsAre("premium", "coverage_sum", "valid_until"));
  EXPECT_THAT(refusal.error().allowed, ElementsAre("declined", "expired"));
  const Calculation osago{.product = v1::PRODUCT_OSAGO};
  EXPECT_THAT(names(missing_for_ready(osago)), ElementsAre("premium", "valid_until"));
}

TEST(CalculationSteps, AQuoteIsGoodOnItsLastDayAndNotAfter) {
  EXPECT_TRUE(may_move(whole(), v1::CALCULATION_STATUS_READY, kToday).ok());

  const auto late = may_move(whole(), v1::CALCULATION_STATUS_READY, kToday.plus_days(1));

  EXPECT_EQ(late.error().fields[0].code, "in_the_past");
}

TEST(CalculationSteps, AChoiceCanBeTakenBackWhateverTheDate) {
  EXPECT_TRUE(may_move(whole(v1::CALCULATION_STATUS_CHOSEN), v1::CALCULATION_STATUS_READY,
                       kToday.plus_days(30))
                  .ok());
}

TEST(CalculationFields, WhatMayChangeFollowsTheStatus) {
  EXPECT_TRUE(may_set(v1::CALCULATION_STATUS_DRAFT, {"insurer_id", "product", "premium"}).ok());
  EXPECT_TRUE(may_set(v1::CALCULATION_STATUS_READY, {"premium", "terms", "comments"}).ok());
  EXPECT_TRUE(may_set(v1::CALCULATION_STATUS_CHOSEN, {"commission_rate", "valid_until"}).ok());
  EXPECT_TRUE(may_set(v1::CALCULATION_STATUS_EXPIRED, {"comments"}).ok());

  const auto ready = may_set(v1::CALCULATION_STATUS_READY, {"comments", "insurer_id"});
  EXPECT_EQ(ready.error().reason, "calculation_field_locked");
  EXPECT_EQ(ready.error().fields[0].field, "insurer_id");
  EXPECT_FALSE(may_set(v1::CALCULATION_STATUS_CHOSEN, {"premium"}).ok());
  EXPECT_FALSE(may_set(v1::CALCULATION_STATUS_DECLINED, {"valid_until"}).ok());
}

TEST(CalculationFields, AReadyQuoteStaysComplete) {
  auto bare = whole(v1::CALCULATION_STATUS_READY);
  bare.premium_minor.reset();

  EXPECT_THAT(names(stays_complete(bare).error().fields), ElementsAre("premium"));
  bare.status = v1::CALCULATION_STATUS_DRAFT;
  EXPECT_TRUE(stays_complete(bare).ok());
}

TEST(CalculationValues, SayWhichFieldIsWrong) {
  EXPECT_EQ(wrong_field(quote()), "");

  auto wrong = quote();
  wrong.mutable_premium()->set_amount_minor(0);
  EXPECT_EQ(wrong_field(wrong), "premium not_positive");
  wrong.mutable_premium()->set_amount_minor(-1);
  EXPECT_EQ(wrong_field(wrong), "premium negative");

  wrong = quote();
  wrong.mutable_deductible()->set_currency("USD");
  EXPECT_EQ(wrong_field(wrong), "deductible another_currency");

  wrong = quote();
  wrong.set_valid_until("2026-11-19");
  EXPECT_EQ(wrong_field(wrong), "valid_until before_calculated_on");

  wrong = quote();
  wrong.mutable_terms()->set_bonus_malus("0.46");
  EXPECT_EQ(wrong_field(wrong), "terms.bonus_malus not_of_this_product");
  wrong.set_product(v1::PRODUCT_OSAGO);
  EXPECT_EQ(wrong_field(wrong), "");
  wrong.mutable_terms()->set_bonus_malus("4.00");
  EXPECT_EQ(wrong_field(wrong), "terms.bonus_malus out_of_range");

  wrong = quote();
  wrong.mutable_terms()->set_towing(v1::TOWING_LIMITED);
  EXPECT_EQ(wrong_field(wrong), "terms.towing_limit goes_with_limited_towing");
}

TEST(CalculationValues, CommissionIsARateOrAnAmount) {
  auto one = quote();
  one.set_commission_rate("18");
  EXPECT_EQ(expected_commission(one), 1516500);
  one.set_commission_rate("12.5001");
  EXPECT_EQ(wrong_field(one), "");
  for (const char* rate : {"100.0001", "12.50001", "-3", "5.", "1e2"}) {
    one.set_commission_rate(rate);
    EXPECT_EQ(wrong_field(one), "commission_rate not_a_percentage") << rate;
  }
  one.set_commission_rate("10");
  one.mutable_commission_amount()->set_currency("RUB");
  EXPECT_EQ(wrong_field(one), "commission_amount either_rate_or_amount");
  EXPECT_EQ(expected_commission(quote()), std::nullopt);
}

TEST(CalculationValues, ObjectsAreTheDeals) {
  auto one = quote();
  one.add_object_titles("Mazda CX-5, 2022");
  EXPECT_TRUE(check_titles(one, {"Гараж", "Mazda CX-5, 2022"}).ok());
  EXPECT_EQ(check_titles(one, {"Гараж"}).error().fields[0].field, "object_titles[0]");
}

TEST(ProductTerms, EveryProductHasFieldsThatExist) {
  for (int product = 1; product < v1::Product_ARRAYSIZE; ++product) {
    const auto& fields = terms_of(static_cast<v1::Product>(product));
    EXPECT_THAT(fields, Contains("instalment_count"));
    for (const auto& field : fields) {
      EXPECT_NE(v1::CalculationTerms::descriptor()->FindFieldByName(field), nullptr) << field;
    }
  }
}

TEST(ProductTerms, WhatNobodyFilledInIsNamed) {
  auto one = quote();
  EXPECT_THAT(unfilled(one), ElementsAre("coverage_sum", "deductible", "valid_until",
                                         "terms.repair", "terms.theft"));
  one.set_product(v1::PRODUCT_OSAGO);
  EXPECT_THAT(unfilled(one), ElementsAre("valid_until", "terms.bonus_malus"));
}

TEST(CalculationHistory, NamesFieldsWithBothValues) {
  auto before = quote();
  auto after = before;
  after.mutable_premium()->set_amount_minor(8000050);
  after.mutable_terms()->set_repair(v1::REPAIR_DEALER);
  after.set_version(7);

  const auto changes = changes_between(before, after);

  ASSERT_EQ(changes.size(), 2u);
  EXPECT_EQ(changes[0].field(), "premium");
  EXPECT_EQ(changes[0].from(), R"({"amount":"84250.00","currency":"RUB"})");
  EXPECT_EQ(changes[0].to(), R"({"amount":"80000.50","currency":"RUB"})");
  EXPECT_EQ(changes[1].field(), "terms.repair");
  EXPECT_EQ(changes[1].from(), "null");
  EXPECT_EQ(changes[1].to(), "\"dealer\"");
  EXPECT_THAT(changes_between(after, after), IsEmpty());
}

}  // namespace
}  // namespace bordero::crm
