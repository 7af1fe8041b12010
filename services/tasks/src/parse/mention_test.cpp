#include "services/tasks/src/parse/mention.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bordero::tasks {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const std::vector<std::string> kNames = {"Ирина Соколова", "Ирина Белова", "Ира Котова",
                                         "Пётр Иринин", "Wayne Irwin"};

TEST(Mention, WholeWordsComeBeforeBeginnings) {
  EXPECT_THAT(match_mention("ирина", kNames), ElementsAre(0, 1));
  EXPECT_THAT(match_mention("ири", kNames), ElementsAre(0, 1, 3));
  EXPECT_THAT(match_mention("ира", kNames), ElementsAre(2));
}

TEST(Mention, PartsNarrowAndOrderDoesNotMatter) {
  EXPECT_THAT(match_mention("ирина.соколова", kNames), ElementsAre(0));
  EXPECT_THAT(match_mention("белова_ирина", kNames), ElementsAre(1));
  EXPECT_THAT(match_mention("Соколова", kNames), ElementsAre(0));
}

TEST(Mention, FoldsLettersAndKeyboards) {
  EXPECT_THAT(match_mention("петр", kNames), ElementsAre(3));
  EXPECT_THAT(match_mention("bhbyf", kNames), ElementsAre(0, 1));
  EXPECT_THAT(match_mention("irwin", kNames), ElementsAre(4));
}

TEST(Mention, NobodyIsNobody) {
  EXPECT_THAT(match_mention("олег", kNames), IsEmpty());
  EXPECT_THAT(match_mention("...", kNames), IsEmpty());
}

}  // namespace
}  // namespace bordero::tasks
