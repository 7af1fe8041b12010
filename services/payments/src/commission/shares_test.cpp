#include "services/payments/src/commission/shares.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>
#include <random>

namespace bordero::payments {
namespace {

using ::testing::ElementsAre;

std::int64_t sum(const std::vector<std::int64_t>& amounts) {
  return std::accumulate(amounts.begin(), amounts.end(), std::int64_t{0});
}

TEST(CommissionShares, RoundHalfUpAndTheLastTakesTheRemainder) {
  // 18.5 % of 0.33 is 0.06105; three of them are 0.99, of which 18.5 % is 0.18315.
  EXPECT_THAT(commission_shares({.rate_units = 185'000}, {33, 33, 33}), ElementsAre(6, 6, 6));
  EXPECT_THAT(commission_shares({.rate_units = 500'000}, {1, 1}), ElementsAre(1, 0));
  EXPECT_EQ(whole_commission({.rate_units = 500'000}, 5), 3);
  EXPECT_THAT(commission_shares({.fixed_minor = 100}, {100, 100, 100}), ElementsAre(33, 33, 34));
  EXPECT_THAT(commission_shares({.rate_units = 100'000}, {}), ElementsAre());
}

TEST(CommissionShares, AreExplainedBeforeRounding) {
  EXPECT_EQ(exact_share({.rate_units = 185'000}, 33, 99), "0.06105");
  EXPECT_EQ(exact_share({.rate_units = 185'000}, 8'425'000, 8'425'000), "15586.25");
  EXPECT_EQ(exact_share({.fixed_minor = 100}, 100, 300), "0.333333");
}

// Money adds up to the kopeck, whatever the schedule.
TEST(CommissionShares, AddUpToTheWholeForRandomSchedules) {
  std::mt19937_64 random(20261123);
  const auto between = [&](std::int64_t low, std::int64_t high) {
    return std::uniform_int_distribution<std::int64_t>(low, high)(random);
  };
  for (int round = 0; round < 20'000; ++round) {
    std::vector<std::int64_t> instalments(static_cast<std::size_t>(between(1, 24)));
    const std::int64_t most = round % 3 == 0 ? 20 : round % 3 == 1 ? 1'000'000 : 400'000'000'000;
    for (auto& instalment : instalments) instalment = between(1, most);
    Terms terms{.rate_units = between(1, 1'000'000)};
    if (round % 5 == 0) terms = {.fixed_minor = between(1, sum(instalments))};

    const auto shares = commission_shares(terms, instalments);

    const std::int64_t whole = whole_commission(terms, sum(instalments));
    ASSERT_EQ(shares.size(), instalments.size());
    ASSERT_EQ(sum(shares), whole);
    for (std::size_t i = 0; i < shares.size(); ++i) {
      ASSERT_GE(shares[i], 0);
      const bool last = i + 1 == shares.size();
      // All but the last are their own share, to half a kopeck, while the whole lasts.
      const long double exact =
          terms.fixed_minor > 0
              ? static_cast<long double>(terms.fixed_minor) * instalments[i] / sum(instalments)
              : static_cast<long double>(terms.rate_units) * instalments[i] / 1'000'000;
      if (last) continue;
      ASSERT_LE(static_cast<long double>(shares[i]), exact + 0.5000001L);
    }
  }
}

}  // namespace
}  // namespace bordero::payments
