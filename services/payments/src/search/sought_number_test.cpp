#include "services/payments/src/search/sought_number.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bordero::payments {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(SoughtNumbers, AreReadHoweverTheyAreWritten) {
  EXPECT_THAT(sought_numbers("2025-000147", 2026), ElementsAre("2025-000147"));
  EXPECT_THAT(sought_numbers("2025 000147", 2026), ElementsAre("2025-000147"));
  EXPECT_THAT(sought_numbers("2025-1000147", 2026), ElementsAre("2025-1000147"));
  EXPECT_THAT(sought_numbers("147", 2026), ElementsAre("2026-000147", "2025-000147"));
  EXPECT_THAT(sought_numbers("№ 000147", 2026), ElementsAre("2026-000147", "2025-000147"));
  EXPECT_THAT(sought_numbers("1000147", 2026), ElementsAre("2026-1000147", "2025-1000147"));
}

TEST(SoughtNumbers, AreNotSeenInOtherWords) {
  for (const char* typed :
       {"", "иванов", "иванов 147", "ОТВ-25-120169", "+7 916 123-45-67 доб 1"}) {
    EXPECT_THAT(sought_numbers(typed, 2026), IsEmpty()) << typed;
  }
}

TEST(SoughtPolicyDigits, AreThoseOfAnySeries) {
  EXPECT_EQ(sought_policy_digits("ОТВ-25-120169"), "25120169");
  EXPECT_EQ(sought_policy_digits("ххх 0123456789"), "0123456789");
  EXPECT_EQ(sought_policy_digits("ОТВ-25"), "");
}

}  // namespace
}  // namespace bordero::payments
