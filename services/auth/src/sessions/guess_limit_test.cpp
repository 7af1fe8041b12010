#include <gtest/gtest.h>

#include "services/auth/src/sessions/local_failures.hpp"

namespace bordero::auth {
namespace {

using namespace std::chrono_literals;

TEST(WaitAfter, DoublesToFifteenMinutes) {
  EXPECT_EQ(wait_after(0), 15s);
  EXPECT_EQ(wait_after(1), 30s);
  EXPECT_EQ(wait_after(5), 8min);
  EXPECT_EQ(wait_after(6), 15min);
  EXPECT_EQ(wait_after(1'000), 15min);
}

TEST(LocalFailures, FiveAreFree) {
  LocalFailures failures(10);
  const std::vector<Budget> budgets = {{.key = "a", .free = 5}};
  const auto now = LocalFailures::Clock::now();

  for (int i = 0; i < 5; ++i) EXPECT_EQ(failures.add(budgets, now), 0);

  EXPECT_EQ(failures.wait_ms(budgets, now), 15'000);
  EXPECT_EQ(failures.add(budgets, now), 15'000);
  EXPECT_EQ(failures.forget(budgets, now), 15'000);
  EXPECT_EQ(failures.add(budgets, now + 15s), 0);
  EXPECT_EQ(failures.wait_ms(budgets, now + 15s), 30'000);
}

TEST(LocalFailures, SuccessForgets) {
  LocalFailures failures(10);
  const std::vector<Budget> budgets = {{.key = "a", .free = 5}, {.key = "b", .free = 20}};
  for (int i = 0; i < 4; ++i) failures.add(budgets);

  EXPECT_EQ(failures.forget(budgets), 0);

  for (int i = 0; i < 4; ++i) failures.add(budgets);
  EXPECT_EQ(failures.wait_ms(budgets), 0);
}

TEST(LocalFailures, MemoryIsBounded) {
  LocalFailures failures(2);
  const auto now = LocalFailures::Clock::now();
  failures.add({{.key = "a", .free = 1}}, now);
  failures.add({{.key = "b", .free = 1}}, now + 1ms);
  failures.add({{.key = "c", .free = 1}}, now + 2ms);

  EXPECT_EQ(failures.wait_ms({{.key = "a"}}, now), 0);
  EXPECT_GT(failures.wait_ms({{.key = "b"}}, now), 0);
}

}  // namespace
}  // namespace bordero::auth
