#include "services/crm/src/calculations/comparison.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bordero::crm {
namespace {

using ::testing::ElementsAre;

common::v1::Money rub(std::int64_t minor) {
  common::v1::Money money;
  money.set_amount_minor(minor);
  money.set_currency("RUB");
  return money;
}

v1::Calculation quote(std::int64_t premium) {
  v1::Calculation made;
  made.set_product(v1::PRODUCT_KASKO);
  *made.mutable_premium() = rub(premium);
  return made;
}

v1::ComparisonRow row_of(const std::vector<v1::Calculation>& quotes, const std::string& key) {
  for (auto& row : compare(quotes)) {
    if (row.key() == key) return row;
  }
  ADD_FAILURE() << "no row " << key;
  return {};
}

std::vector<bool> best(const v1::ComparisonRow& row) {
  std::vector<bool> marks;
  for (const auto& cell : row.cells()) marks.push_back(cell.best());
  return marks;
}

TEST(Comparison, TheCheapestIsBestAndOthersSayByHowMuch) {
  const auto row = row_of({quote(7918000), quote(8425000), quote(6890000)}, "premium");

  EXPECT_THAT(best(row), ElementsAre(false, false, true));
  EXPECT_EQ(row.cells(0).difference().amount_minor(), 1028000);
  EXPECT_EQ(row.cells(2).difference().amount_minor(), 0);
  EXPECT_TRUE(row.differs());
}

TEST(Comparison, EqualValuesHaveNoBestOne) {
  EXPECT_THAT(best(row_of({quote(1), quote(1)}, "premium")), ElementsAre(false, false));
  EXPECT_FALSE(row_of({quote(1), quote(1)}, "premium").differs());
}

TEST(Comparison, WhatAQuoteDoesNotSayIsToldSoAndNeverBest) {
  auto none = quote(2);
  *none.mutable_deductible() = rub(0);
  auto some = quote(3);
  *some.mutable_deductible() = rub(3000000);

  const auto row = row_of({quote(1), none, some}, "deductible");

  EXPECT_TRUE(row.cells(0).no_data());
  EXPECT_FALSE(row.cells(0).has_money());
  EXPECT_THAT(best(row), ElementsAre(false, true, false));
}

TEST(Comparison, OneKnownValueIsNotABestOne) {
  auto known = quote(1);
  *known.mutable_coverage_sum() = rub(5);

  EXPECT_THAT(best(row_of({known, quote(2)}, "coverage_sum")), ElementsAre(false, false));
}

TEST(Comparison, SumsOfDifferentCurrenciesAreNotCompared) {
  auto dollars = quote(100);
  dollars.mutable_premium()->set_currency("USD");

  const auto row = row_of({quote(8000000), dollars}, "premium");

  EXPECT_THAT(best(row), ElementsAre(false, false));
  EXPECT_FALSE(row.cells(0).has_difference());
}

TEST(Comparison, ATowTruckWithoutALimitIsBest) {
  auto unlimited = quote(1);
  unlimited.mutable_terms()->set_towing(v1::TOWING_UNLIMITED);
  auto limited = quote(2);
  limited.mutable_terms()->set_towing(v1::TOWING_LIMITED);
  *limited.mutable_terms()->mutable_towing_limit() = rub(1000000);
  auto none = quote(3);
  none.mutable_terms()->set_towing(v1::TOWING_NONE);

  const auto row = row_of({limited, unlimited, none}, "terms.towing");

  EXPECT_THAT(best(row), ElementsAre(false, true, false));
  EXPECT_EQ(row.cells(0).money().amount_minor(), 1000000);
  EXPECT_EQ(row.cells(1).text(), "unlimited");
}

TEST(Comparison, RowsAreThoseOfTheProductsAtHand) {
  auto osago = quote(1);
  osago.set_product(v1::PRODUCT_OSAGO);
  std::vector<std::string> keys;
  for (const auto& row : compare({osago, osago})) keys.push_back(row.key());

  EXPECT_THAT(keys, ElementsAre("premium", "coverage_sum", "deductible", "terms.bonus_malus",
                                "terms.period_months", "terms.drivers_unlimited",
                                "terms.instalment_count", "valid_until", "commission"));
}

TEST(Comparison, LinesOfOneNameShareARow) {
  auto one = quote(1);
  one.add_extra_terms()->set_name("Аварийный комиссар");
  one.mutable_extra_terms(0)->set_value("включён");
  auto other = quote(2);
  other.add_extra_terms()->set_name("аварийный  комиссар");
  other.mutable_extra_terms(0)->set_value("нет");

  const auto row = row_of({one, other, quote(3)}, "extra.аварийный комиссар");

  EXPECT_EQ(row.name(), "Аварийный комиссар");
  EXPECT_EQ(row.cells(1).text(), "нет");
  EXPECT_TRUE(row.cells(2).no_data());
}

TEST(Comparison, TheCommissionIsForUsAlone) {
  auto one = quote(8425000);
  one.set_commission_rate("18");
  *one.mutable_expected_commission() = rub(1516500);

  int internal = 0;
  for (const auto& row : compare({one, quote(1)})) internal += row.internal();
  const auto row = row_of({one, quote(1)}, "commission");

  EXPECT_EQ(internal, 1);
  EXPECT_TRUE(row.internal());
  EXPECT_EQ(row.cells(0).rate(), "18");
  EXPECT_TRUE(row.cells(1).no_data());
}

TEST(Comparison, TakesUpToEightDifferentQuotes) {
  google::protobuf::RepeatedPtrField<std::string> ids;
  EXPECT_EQ(ids_to_compare(ids).error().fields[0].code, "too_few");
  *ids.Add() = Uuid::v7().str();
  EXPECT_TRUE(ids_to_compare(ids).ok());
  *ids.Add() = ids[0];
  EXPECT_EQ(ids_to_compare(ids).error().fields[0].code, "repeated");
  ids.RemoveLast();
  for (int i = 0; i < 8; ++i) *ids.Add() = Uuid::v7().str();
  EXPECT_EQ(ids_to_compare(ids).error().fields[0].code, "too_many");
}

}  // namespace
}  // namespace bordero::crm
