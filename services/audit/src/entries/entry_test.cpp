#include "services/audit/src/entries/entry.hpp"

#include <gtest/gtest.h>

namespace bordero::audit {
namespace {

Entry test_entry() {
  return {.position = 7,
          .event_id = "018f0000-0000-7000-8000-000000000001",
          .at = *parse_instant("2026-11-23T10:15:30.123456Z"),
          .actor_id = "018f0000-0000-7000-8000-0000000000aa",
          .action = "crm.deal.updated",
          .entity_type = "deal",
          .entity_id = "018f0000-0000-7000-8000-0000000000bb",
          .entity_version = 2,
          .service = "crm",
          .before = "{\"title\":\"a\"}",
          .after = "{\"title\":\"b\"}"};
}

// Kept as text: a change of the form would make every stored entry look changed.
TEST(Canonical, IsTheFormThatIsPromised) {
  EXPECT_EQ(canonical(test_entry()),
            "21:bordero-audit-entry-1,1:7,36:018f0000-0000-7000-8000-000000000001,"
            "27:2026-11-23T10:15:30.123456Z,36:018f0000-0000-7000-8000-0000000000aa,"
            "16:crm.deal.updated,4:deal,36:018f0000-0000-7000-8000-0000000000bb,1:2,3:crm,0:,0:,"
            "13:{\"title\":\"a\"},13:{\"title\":\"b\"},0:,");
}

TEST(Canonical, ChangesWithEveryField) {
  const std::string whole = canonical(test_entry());
  const auto changed = [&](auto change) {
    Entry entry = test_entry();
    change(entry);
    return canonical(entry) != whole;
  };

  EXPECT_TRUE(changed([](Entry& e) { e.position = 8; }));
  EXPECT_TRUE(changed([](Entry& e) { e.event_id.back() = '2'; }));
  EXPECT_TRUE(changed([](Entry& e) { e.at += std::chrono::microseconds(1); }));
  EXPECT_TRUE(changed([](Entry& e) { e.actor_id = "system:rule"; }));
  EXPECT_TRUE(changed([](Entry& e) { e.action = "crm.deal.closed"; }));
  EXPECT_TRUE(changed([](Entry& e) { e.entity_type = "client"; }));
  EXPECT_TRUE(changed([](Entry& e) { e.entity_id.back() = 'c'; }));
  EXPECT_TRUE(changed([](Entry& e) { e.entity_version = 3; }));
  EXPECT_TRUE(changed([](Entry& e) { e.service = "auth"; }));
  EXPECT_TRUE(changed([](Entry& e) { e.reason = "because"; }));
  EXPECT_TRUE(changed([](Entry& e) { e.trace_id = "0af7651916cd43dd8448eb211c80319c"; }));
  EXPECT_TRUE(changed([](Entry& e) { std::swap(e.before, e.after); }));
  EXPECT_TRUE(changed([](Entry& e) { e.details = "{}"; }));
}

TEST(Canonical, TextCannotMoveIntoTheNextField) {
  Entry left = test_entry();
  Entry right = test_entry();
  left.reason = "a,1:b";
  left.trace_id = "c";
  right.reason = "a";
  right.trace_id = "b,1:c";

  EXPECT_NE(canonical(left), canonical(right));
}

}  // namespace
}  // namespace bordero::audit
