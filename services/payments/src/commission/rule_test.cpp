#include "services/payments/src/commission/rule.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bordero::payments {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const Date kStart = *Date::parse("2026-03-01");
const RuleSubject kPolicy = {.insurer_id = "volga",
                             .product = crm::v1::PRODUCT_KASKO,
                             .renewal = false,
                             .starts_on = kStart};

Rule rule(const std::string& id, const std::string& insurer = "",
          crm::v1::Product product = crm::v1::PRODUCT_UNSPECIFIED,
          v1::CommissionKind kind = v1::COMMISSION_KIND_ANY) {
  return {.id = id,
          .insurer_id = insurer,
          .product = product,
          .kind = kind,
          .valid_from = kStart.plus_days(-100)};
}

TEST(WinningRule, InsurerBeatsProductBeatsKind) {
  const std::vector<Rule> rules = {
      rule("any"), rule("kind", "", crm::v1::PRODUCT_UNSPECIFIED, v1::COMMISSION_KIND_NEW),
      rule("product", "", crm::v1::PRODUCT_KASKO),
      rule("product and kind", "", crm::v1::PRODUCT_KASKO, v1::COMMISSION_KIND_NEW),
      rule("insurer", "volga")};

  EXPECT_THAT(ranking(rules, kPolicy), ElementsAre(4, 3, 2, 1, 0));
}

TEST(WinningRule, AmongEqualsTheLaterOneWins) {
  Rule older = rule("b", "volga");
  Rule later = rule("a", "volga");
  later.valid_from = kStart;

  EXPECT_THAT(ranking({older, later}, kPolicy), ElementsAre(1, 0));
  EXPECT_TRUE(beats(rule("c"), rule("b")));  // Ids sort by time of creation.
}

TEST(WinningRule, SaysWhyARuleDoesNotFit) {
  const Rule other_insurer = rule("1", "oka");
  const Rule other_product = rule("2", "", crm::v1::PRODUCT_OSAGO);
  const Rule renewal = rule("3", "", crm::v1::PRODUCT_KASKO, v1::COMMISSION_KIND_RENEWAL);
  Rule tomorrow = rule("4");
  tomorrow.valid_from = kStart.plus_days(1);
  Rule past = rule("5");
  past.valid_to = kStart.plus_days(-1);
  Rule dollars = rule("6");
  dollars.currency = "USD";

  EXPECT_STREQ(misfit(other_insurer, kPolicy), "other_insurer");
  EXPECT_STREQ(misfit(other_product, kPolicy), "other_product");
  EXPECT_STREQ(misfit(renewal, kPolicy), "other_kind");
  EXPECT_STREQ(misfit(tomorrow, kPolicy), "not_yet_valid");
  EXPECT_STREQ(misfit(past, kPolicy), "no_longer_valid");
  EXPECT_STREQ(misfit(dollars, kPolicy), "other_currency");
  EXPECT_THAT(ranking({other_insurer, past}, kPolicy), IsEmpty());
}

TEST(WinningRule, HoldsOnTheFirstAndTheLastDay) {
  Rule one_day = rule("1");
  one_day.valid_from = kStart;
  one_day.valid_to = kStart;

  EXPECT_EQ(misfit(one_day, kPolicy), nullptr);
}

}  // namespace
}  // namespace bordero::payments
