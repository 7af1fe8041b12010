#include "platform/base/months.hpp"

#include <gtest/gtest.h>

namespace bordero {
namespace {

Date day(const char* text) { return *Date::parse(text); }

TEST(Months, KeepTheDayOrTakeTheLast) {
  EXPECT_EQ(plus_months(day("2027-01-31"), 1).str(), "2027-02-28");
  EXPECT_EQ(plus_months(day("2028-01-31"), 1).str(), "2028-02-29");
  EXPECT_EQ(plus_months(day("2028-02-29"), 12).str(), "2029-02-28");
  EXPECT_EQ(plus_months(day("2028-03-31"), -1).str(), "2028-02-29");
  EXPECT_EQ(plus_months(day("2026-12-01"), 0).str(), "2026-12-01");
}

TEST(Months, AreWholeOrNot) {
  EXPECT_EQ(whole_months(day("2026-12-01"), day("2027-12-01")), 12);
  EXPECT_EQ(whole_months(day("2026-12-01"), day("2026-12-01")), 0);
  EXPECT_EQ(whole_months(day("2028-02-29"), day("2029-02-28")), 12);
  EXPECT_EQ(whole_months(day("2028-02-29"), day("2029-03-01")), 12);
  EXPECT_EQ(whole_months(day("2027-01-31"), day("2027-03-01")), 1);
  EXPECT_EQ(whole_months(day("2026-12-01"), day("2027-11-30")), std::nullopt);
  EXPECT_EQ(whole_months(day("2027-01-28"), day("2027-03-01")), std::nullopt);
  EXPECT_EQ(whole_months(day("2027-06-01"), day("2027-03-01")), -3);
}

}  // namespace
}  // namespace bordero
