#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "platform/https/breaker.hpp"
#include "platform/https/rate_limiter.hpp"

namespace bordero::https {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using Clock = std::chrono::steady_clock;

const Clock::time_point kStart{seconds(1'000'000)};

TEST(RateLimiter, GivesTurnsAtTheRateAfterTheBurst) {
  RateLimiter limiter;
  const std::vector<Rate> rates = {{.key = "bot", .per_second = 10, .burst = 3}};

  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(limiter.take(rates, kStart, seconds(9)), Clock::duration::zero());
  }
  EXPECT_EQ(limiter.take(rates, kStart, seconds(9)), milliseconds(100));
  EXPECT_EQ(limiter.take(rates, kStart, seconds(9)), milliseconds(200));
  EXPECT_EQ(limiter.take(rates, kStart + seconds(1), seconds(9)), Clock::duration::zero());
}

TEST(RateLimiter, TheSlowestOfSeveralDecides) {
  RateLimiter limiter;
  const Rate bot{.key = "bot", .per_second = 25, .burst = 25};
  const Rate chat{.key = "bot:chat", .per_second = 1, .burst = 1};

  EXPECT_EQ(limiter.take({bot, chat}, kStart, seconds(9)), Clock::duration::zero());
  EXPECT_EQ(limiter.take({bot, chat}, kStart, seconds(9)), seconds(1));
  EXPECT_EQ(limiter.take({bot}, kStart, seconds(9)), Clock::duration::zero());
}

TEST(RateLimiter, ATurnThatComesTooLateIsTakenNowhere) {
  RateLimiter limiter;
  const Rate bot{.key = "bot", .per_second = 1, .burst = 2};
  const Rate chat{.key = "bot:chat", .per_second = 0.1, .burst = 1};

  EXPECT_EQ(limiter.take({bot, chat}, kStart, seconds(1)), Clock::duration::zero());
  EXPECT_EQ(limiter.take({bot, chat}, kStart, seconds(1)), std::nullopt);
  EXPECT_EQ(limiter.take({bot}, kStart, seconds(1)), Clock::duration::zero());
}

TEST(RateLimiter, KeysThatAreFullAgainAreForgotten) {
  RateLimiter limiter;

  for (int i = 0; i < 10'000; ++i) {
    const auto now = kStart + seconds(i);
    static_cast<void>(limiter.take({{.key = "chat" + std::to_string(i)}}, now, seconds(1)));
  }

  EXPECT_LE(limiter.keys(), 1024U);
}

class BreakerTest : public ::testing::Test {
 protected:
  Breaker breaker_;

  void calls(int count, bool fail, Clock::time_point now) {
    for (int i = 0; i < count; ++i) {
      const auto permit = breaker_.admit(now);
      ASSERT_TRUE(permit.has_value());
      fail ? breaker_.failed(*permit, now) : breaker_.succeeded(*permit, now);
    }
  }
};

TEST_F(BreakerTest, OpensWhenHalfOfTwentyFailWithinTenSeconds) {
  calls(10, false, kStart);
  calls(9, true, kStart + seconds(9));
  EXPECT_TRUE(breaker_.admit(kStart + seconds(9)).has_value());
  calls(1, true, kStart + seconds(9));

  EXPECT_FALSE(breaker_.admit(kStart + seconds(9)).has_value());
}

TEST_F(BreakerTest, ForgetsWhatIsTenSecondsOld) {
  calls(19, true, kStart);
  calls(10, true, kStart + seconds(10));

  EXPECT_TRUE(breaker_.admit(kStart + seconds(10)).has_value());
}

TEST_F(BreakerTest, OneProbeDecides) {
  calls(20, true, kStart);
  const auto later = kStart + seconds(5);

  const auto probe = breaker_.admit(later);
  ASSERT_TRUE(probe.has_value());
  EXPECT_FALSE(breaker_.admit(later).has_value());
  breaker_.failed(*probe, later);
  EXPECT_FALSE(breaker_.admit(later + seconds(4)).has_value());

  const auto second = breaker_.admit(later + seconds(5));
  ASSERT_TRUE(second.has_value());
  breaker_.succeeded(*second, later + seconds(5));
  calls(9, true, later + seconds(5));
  EXPECT_TRUE(breaker_.admit(later + seconds(5)).has_value());
}

TEST_F(BreakerTest, AnAbandonedProbeMakesRoomForAnother) {
  const auto early = breaker_.admit(kStart);
  calls(20, true, kStart);
  const auto later = kStart + seconds(5);
  const auto probe = breaker_.admit(later);

  breaker_.failed(*early, later);  // Says nothing new, and is not the probe.
  EXPECT_FALSE(breaker_.admit(later).has_value());
  breaker_.abandoned(*probe);
  EXPECT_TRUE(breaker_.admit(later).has_value());
}

TEST(RepeatBudget, IsATenthOfTheCalls) {
  RepeatBudget budget;
  int spent = 0;
  while (budget.spend()) ++spent;
  for (int i = 0; i < 99; ++i) budget.called();

  EXPECT_EQ(spent, 10);
  spent = 0;
  while (budget.spend()) ++spent;
  EXPECT_LE(spent, 10);
  EXPECT_GE(spent, 9);
}

}  // namespace
}  // namespace bordero::https
