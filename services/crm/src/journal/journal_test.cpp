#include "services/crm/src/journal/journal.hpp"

#include <gtest/gtest.h>

#include "services/crm/src/journal/happened.hpp"
#include "services/crm/src/journal/timeline_store.hpp"

namespace bordero::crm {
namespace {

using namespace std::chrono_literals;

TEST(EditJournal, OnlyTheAuthorEdits) {
  const JournalEntry entry{.author_id = "a", .created_at = Instant{}};

  EXPECT_TRUE(may_edit(entry, "a").ok());
  EXPECT_EQ(may_edit(entry, "b").error().reason, "not_the_author");
}

TEST(EditJournal, EarlierTextStaysVisibleAfterFifteenMinutes) {
  const Instant written{};
  const JournalEntry entry{.author_id = "a", .created_at = written};

  EXPECT_FALSE(keeps_earlier(entry, written + 15min));
  EXPECT_TRUE(keeps_earlier(entry, written + 15min + 1s));
}

TEST(Timeline, DetailsLeaveOutWhatIsEmpty) {
  EXPECT_EQ(details_json({.kind = "created"}), "{}");
  EXPECT_EQ(details_json({.kind = "updated", .reason = "a\"b", .fields = {"title", "objects"}}),
            R"({"reason":"a\"b","fields":["title","objects"]})");
}

TEST(Timeline, KindsAreNamedOrRefused) {
  EXPECT_TRUE(parse_kinds("")->empty());
  EXPECT_EQ(parse_kinds("journal,created")->size(), 2u);
  EXPECT_EQ(parse_kinds("journal,other").error().fields[0].field, "kinds");
}

}  // namespace
}  // namespace bordero::crm
