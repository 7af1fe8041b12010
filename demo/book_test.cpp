#include "demo/book.hpp"

#include <gtest/gtest.h>

#include <map>
#include <set>

namespace bordero::demo {
namespace {

const Date kToday = *Date::parse("2026-11-23");

TEST(DemoBook, InstalmentsAddUpAndIdsStandOnce) {
  std::set<std::string> ids;
  for (const auto& policy : book(kToday).policies) {
    std::int64_t sum = 0;
    for (const auto& instalment : policy.instalments) {
      sum += instalment.amount_minor;
      EXPECT_TRUE(ids.insert(instalment.id).second);
      EXPECT_LE(policy.effective_from, instalment.due_on);
      EXPECT_LE(instalment.due_on, policy.effective_to);
    }
    EXPECT_EQ(sum, policy.premium_minor);
    EXPECT_TRUE(ids.insert(policy.id).second);
  }
}

TEST(DemoBook, ChainsAreLinkedBothWaysAndFollowEachOther) {
  std::map<std::string, BookPolicy> by_id;
  for (const auto& policy : book(kToday).policies) by_id[policy.id] = policy;
  int chained = 0;
  for (const auto& [id, policy] : by_id) {
    if (policy.predecessor_id.empty()) continue;
    const auto& earlier = by_id.at(policy.predecessor_id);
    EXPECT_EQ(earlier.successor_id, id);
    EXPECT_EQ(earlier.effective_to.plus_days(1), policy.effective_from);
    ++chained;
  }
  EXPECT_GT(chained, 20);
}

TEST(DemoBook, ARenewalCostsALittleMoreAndSeldomMuch) {
  std::map<std::string, BookPolicy> by_id;
  for (const auto& policy : book(kToday).policies) by_id[policy.id] = policy;
  int renewed = 0;
  int jumped = 0;
  for (const auto& [id, policy] : by_id) {
    if (policy.predecessor_id.empty()) continue;
    const auto& earlier = by_id.at(policy.predecessor_id);
    EXPECT_EQ(policy.insurer_id, earlier.insurer_id);
    EXPECT_GE(policy.premium_minor * 100, earlier.premium_minor * 94);
    EXPECT_LE(policy.premium_minor * 100, earlier.premium_minor * 136);
    jumped += policy.premium_minor * 100 > earlier.premium_minor * 115 ? 1 : 0;
    ++renewed;
  }
  EXPECT_GT(jumped, 0);
  EXPECT_LT(jumped * 5, renewed);
}

TEST(DemoBook, NumbersStandOnceAndEveryTimeIsThere) {
  std::set<std::string> numbers;
  int ended = 0;
  int soon = 0;
  int later = 0;
  for (const auto& policy : book(kToday).policies) {
    if (policy.status == "draft") continue;
    EXPECT_TRUE(numbers.insert(policy.insurer_id + policy.number).second);
    if (policy.status == "closed") continue;
    ended += policy.effective_to < kToday ? 1 : 0;
    soon += kToday <= policy.effective_to && policy.effective_to < kToday.plus_days(30) ? 1 : 0;
    later += policy.effective_to >= kToday.plus_days(30) ? 1 : 0;
  }
  EXPECT_GT(ended, 2);
  EXPECT_GT(soon, 10);
  EXPECT_GT(later, 40);
}

}  // namespace
}  // namespace bordero::demo
