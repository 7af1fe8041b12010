#include "services/audit/src/offline/verify_export.hpp"

#include <gtest/gtest.h>

#include <sstream>

#include "services/audit/src/offline/export_lines.hpp"

namespace bordero::audit {
namespace {

const SigningKey& test_key() {
  static const SigningKey key(std::string(32, 'k'));
  return key;
}

// An export of three versions of one deal, with a head over two and one over all.
struct TestExport {
  std::vector<Entry> entries;
  std::vector<Head> heads;

  TestExport() {
    Tree tree;
    for (int i = 0; i < 3; ++i) {
      entries.push_back({.position = i,
                         .event_id = "e" + std::to_string(i),
                         .at = *parse_instant("2026-11-23T10:15:30.123456Z"),
                         .entity_type = "deal",
                         .entity_id = "d",
                         .entity_version = i + 1,
                         .after = "{\"title\":\"т\\u0000\\n\"}"});
      tree.append(leaf_of(entries.back()));
      if (i > 0) heads.push_back(test_key().sign(tree, clock::now()));
    }
  }
  std::string text() const {
    std::string text = start_line();
    for (const auto& head : heads) text += head_line(head);
    for (const auto& entry : entries) text += entry_line(entry, bytes_of(leaf_of(entry)));
    return text + end_line(static_cast<std::int64_t>(entries.size()));
  }
};

std::string found(const std::string& text, const std::vector<Head>& earlier = {}) {
  std::istringstream file(text);
  const auto verdict = verify_export(file, {test_key().public_key()}, earlier);
  return verdict.problem ? verdict.problem->code : "";
}

TEST(VerifyExport, AnUntouchedOneHolds) {
  std::istringstream file(TestExport().text());

  const auto verdict = verify_export(file, {test_key().public_key()}, {});

  EXPECT_FALSE(verdict.problem);
  EXPECT_EQ(verdict.size, 3);
  EXPECT_EQ(verdict.head_count, 2);
  EXPECT_TRUE(verdict.sentence().starts_with("The log holds: 3 entries, 2 signed heads"));
}

TEST(VerifyExport, FindsAnEarlierHeadThatIsNotExtended) {
  TestExport rewritten;
  const std::vector<Head> earlier = {rewritten.heads[0]};
  rewritten.entries[0].reason = "rewritten, and signed anew";
  rewritten.heads.clear();
  Tree tree;
  for (const auto& entry : rewritten.entries) tree.append(leaf_of(entry));
  rewritten.heads.push_back(test_key().sign(tree, clock::now()));

  EXPECT_EQ(found(rewritten.text()), "");
  EXPECT_EQ(found(rewritten.text(), earlier), "head_root_differs");
}

TEST(VerifyExport, FindsACutBehindAnEarlierHead) {
  TestExport cut;
  const std::vector<Head> earlier = {cut.heads[1]};
  cut.entries.pop_back();
  cut.heads.pop_back();

  EXPECT_EQ(found(cut.text()), "");
  EXPECT_EQ(found(cut.text(), earlier), "log_cut");
}

TEST(VerifyExport, FindsAVersionThatWasNeverRecorded) {
  TestExport holed;
  holed.entries[2].entity_version = 4;
  holed.heads.clear();
  Tree tree;
  for (const auto& entry : holed.entries) tree.append(leaf_of(entry));
  holed.heads.push_back(test_key().sign(tree, clock::now()));

  EXPECT_EQ(found(holed.text()), "version_missing");
}

TEST(VerifyExport, RefusesWhatIsNotAWholeExport) {
  const std::string text = TestExport().text();

  EXPECT_EQ(found(""), "file_cut");
  EXPECT_EQ(found("{}\n"), "line_malformed");
  EXPECT_EQ(found(text.substr(text.find('\n') + 1)), "line_malformed");
  EXPECT_EQ(found(text.substr(0, text.rfind("{\"end\""))), "file_cut");
  EXPECT_EQ(found(text + "{}\n"), "line_malformed");
  EXPECT_EQ(found("{\"form\":\"bordero-audit-export-2\"}\n"), "form_unknown");
}

TEST(VerifyExport, FindsEveryFlippedByteOfAnEntry) {
  const std::string text = TestExport().text();
  const std::size_t from = text.find("{\"entry\"");
  const std::size_t to = text.find('\n', from);

  for (std::size_t i = from; i < to; ++i) {
    std::string touched = text;
    touched[i] = touched[i] == 'x' ? 'y' : 'x';
    ASSERT_NE(found(touched), "") << "byte " << i << " of " << text.substr(from, to - from);
  }
}

}  // namespace
}  // namespace bordero::audit
