#include "platform/base/money.hpp"

#include <gtest/gtest.h>

#include <random>

namespace bordero {
namespace {

TEST(Amount, ReadsTwoPlacesAtMost) {
  EXPECT_EQ(parse_amount("12345.67", "premium").value(), 1234567);
  EXPECT_EQ(parse_amount("12345", "premium").value(), 1234500);
  EXPECT_EQ(parse_amount("0.5", "premium").value(), 50);
  EXPECT_EQ(parse_amount("-0.01", "premium").value(), -1);
  for (const char* wrong :
       {"", "-", ".5", "1.", "1.234", "1e3", "1,5", " 1", "+1", "0x10", "NaN"}) {
    const auto result = parse_amount(wrong, "premium");
    ASSERT_FALSE(result.ok()) << wrong;
    EXPECT_EQ(result.error().fields[0].field, "premium");
  }
}

TEST(Amount, StaysWithinItsRange) {
  EXPECT_EQ(parse_amount("100000000000.00", "a").value(), kMaxMinor);
  EXPECT_FALSE(parse_amount("100000000000.01", "a").ok());
  EXPECT_FALSE(add_amounts(kMaxMinor, 1).ok());
  EXPECT_EQ(add_amounts(kMaxMinor, -1).value(), kMaxMinor - 1);
}

TEST(Amount, ComesBackAsItWasWritten) {
  std::mt19937_64 random(7);
  std::uniform_int_distribution<std::int64_t> amounts(-kMaxMinor, kMaxMinor);
  for (int i = 0; i < 10'000; ++i) {
    const std::int64_t amount = amounts(random);
    EXPECT_EQ(parse_amount(amount_text(amount), "a").value(), amount);
  }
}

TEST(Share, RoundsHalfAwayFromZero) {
  EXPECT_EQ(share_of(100, 185'000).value(), 19);  // 18.5 kopecks.
  EXPECT_EQ(share_of(-100, 185'000).value(), -19);
  EXPECT_EQ(share_of(10'000, 184'900).value(), 1849);
  EXPECT_EQ(share_of(kMaxMinor, 1'000'000).value(), kMaxMinor);
}

TEST(Currency, IsThreeCapitalLetters) {
  EXPECT_TRUE(is_currency("RUB"));
  EXPECT_FALSE(is_currency("rub"));
  EXPECT_FALSE(is_currency("RUBL"));
}

TEST(Percent, IsReadAndWrittenInOneWay) {
  EXPECT_EQ(*parse_percent("18.5", "rate"), 185'000);
  EXPECT_EQ(*parse_percent("100", "rate"), 1'000'000);
  EXPECT_EQ(*parse_percent("0.0001", "rate"), 1);
  EXPECT_EQ(*parse_percent("0", "rate"), 0);
  EXPECT_EQ(percent_text(185'000), "18.5");
  EXPECT_EQ(percent_text(1'000'000), "100");
  EXPECT_EQ(percent_text(1), "0.0001");
  EXPECT_EQ(percent_text(0), "0");
  for (const char* bad : {"", "100.0001", "-1", "1e2", "18,5", "1.", ".5", "1.23456", "0x10", "nan",
                          "inf", "+5", " 5", "5 "}) {
    EXPECT_EQ(parse_percent(bad, "rate").error().fields[0].code, "not_a_percentage") << bad;
  }
}

}  // namespace
}  // namespace bordero
