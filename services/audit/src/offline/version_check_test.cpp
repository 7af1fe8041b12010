#include "services/audit/src/offline/version_check.hpp"

#include <gtest/gtest.h>

namespace bordero::audit {
namespace {

std::optional<std::int64_t> hole(const std::vector<int>& versions) {
  VersionCheck check;
  for (std::size_t i = 0; i < versions.size(); ++i) {
    check.add({.position = static_cast<std::int64_t>(i),
               .entity_type = "deal",
               .entity_id = "d",
               .entity_version = versions[i]});
  }
  return check.first_hole();
}

TEST(VersionCheck, TakesRepeatsAndLateOnes) {
  EXPECT_FALSE(hole({1, 2, 2, 3}));
  EXPECT_FALSE(hole({1, 3, 4, 2, 5}));
  EXPECT_FALSE(hole({3, 2, 1}));
  EXPECT_FALSE(hole({5, 1, 4, 2, 3}));
  EXPECT_FALSE(hole({0, 0}));
  EXPECT_FALSE(hole({}));
}

TEST(VersionCheck, TakesARecordThatIsOlderThanTheLog) { EXPECT_FALSE(hole({7, 8, 9})); }

TEST(VersionCheck, FindsTheFirstEntryBeyondAHole) {
  EXPECT_EQ(hole({1, 2, 4, 5}), 2);
  EXPECT_EQ(hole({1, 3, 2, 5}), 3);
  EXPECT_EQ(hole({4, 3, 1}), 0);
}

}  // namespace
}  // namespace bordero::audit
