#include "services/gateway/src/limits/rate_limits.hpp"

#include <gtest/gtest.h>

namespace bordero::gateway {
namespace {

using namespace std::chrono_literals;

TEST(RateLimits, ABurstPassesAndThenTheRateHolds) {
  RateLimits limits(10, 3);
  const auto now = RateLimits::Clock::now();

  EXPECT_TRUE(limits.take("a", now).allowed);
  EXPECT_TRUE(limits.take("a", now).allowed);
  EXPECT_EQ(limits.take("a", now).remaining, 0);
  const auto refused = limits.take("a", now);
  EXPECT_FALSE(refused.allowed);
  EXPECT_EQ(refused.retry_after_s, 1);

  EXPECT_FALSE(limits.take("a", now + 90ms).allowed);
  EXPECT_TRUE(limits.take("a", now + 100ms).allowed);
  EXPECT_FALSE(limits.take("a", now + 101ms).allowed);
}

TEST(RateLimits, EachKeyHasItsOwn) {
  RateLimits limits(1, 1);
  const auto now = RateLimits::Clock::now();

  EXPECT_TRUE(limits.take("a", now).allowed);
  EXPECT_TRUE(limits.take("b", now).allowed);
  EXPECT_FALSE(limits.take("a", now).allowed);
}

TEST(RateLimits, LookingTakesNothing) {
  RateLimits limits(1, 1);
  const auto now = RateLimits::Clock::now();

  EXPECT_TRUE(limits.look("a", now).allowed);
  EXPECT_TRUE(limits.take("a", now).allowed);
  EXPECT_FALSE(limits.look("a", now).allowed);
}

TEST(RateLimits, TheNumberOfKeysIsBounded) {
  RateLimits limits(1, 1, 2);
  const auto now = RateLimits::Clock::now();
  limits.take("a", now);
  limits.take("b", now);
  limits.take("c", now);

  EXPECT_FALSE(limits.look("c", now).allowed);
  EXPECT_TRUE(limits.look("a", now).allowed);
}

}  // namespace
}  // namespace bordero::gateway
