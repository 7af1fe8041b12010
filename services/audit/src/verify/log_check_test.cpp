#include "services/audit/src/verify/log_check.hpp"

#include <gtest/gtest.h>

namespace bordero::audit {
namespace {

const SigningKey& test_key() {
  static const SigningKey key(std::string(32, 'k'));
  return key;
}

std::vector<Entry> test_log(int size) {
  std::vector<Entry> entries;
  for (int i = 0; i < size; ++i) {
    entries.push_back({.position = i, .event_id = std::to_string(i), .entity_version = i + 1});
  }
  return entries;
}

Head head_over(const std::vector<Entry>& entries, std::size_t size) {
  Tree tree;
  for (std::size_t i = 0; i < size; ++i) tree.append(leaf_of(entries[i]));
  return test_key().sign(tree, clock::now());
}

std::optional<Problem> check(const std::vector<Entry>& entries, const std::vector<Head>& heads) {
  LogCheck log({test_key().public_key()});
  for (const auto& head : heads) log.expect(head);
  for (const auto& entry : entries) log.add(entry, leaf_of(entry));
  log.finish();
  return log.problem();
}

TEST(LogCheck, AnUntouchedLogHoldsWithAllItsHeads) {
  const auto entries = test_log(40);

  EXPECT_FALSE(
      check(entries, {head_over(entries, 7), head_over(entries, 8), head_over(entries, 40)}));
  EXPECT_FALSE(check({}, {}));
}

TEST(LogCheck, FindsARewrittenEntryBetweenTwoHeads) {
  auto entries = test_log(40);
  const std::vector<Head> heads = {head_over(entries, 10), head_over(entries, 40)};
  entries[20].reason = "rewritten";

  const auto problem = check(entries, heads);

  ASSERT_TRUE(problem);
  EXPECT_EQ(problem->code, "head_root_differs");
  EXPECT_EQ(problem->position, 10);
}

TEST(LogCheck, FindsAnEntryThatIsNotWhatWasHashed) {
  const auto entries = test_log(3);
  LogCheck log({test_key().public_key()});

  log.add(entries[0], leaf_of(entries[0]));
  log.add(entries[1], leaf_of(entries[0]));

  EXPECT_EQ(log.problem()->code, "entry_changed");
  EXPECT_EQ(log.problem()->position, 1);
}

TEST(LogCheck, FindsGapsRepeatsAndACut) {
  auto gap = test_log(10);
  gap.erase(gap.begin() + 4);
  auto repeat = test_log(10);
  repeat.insert(repeat.begin() + 4, repeat[3]);
  auto cut = test_log(10);
  const Head over_all = head_over(cut, 10);
  cut.pop_back();

  EXPECT_EQ(check(gap, {})->code, "entry_missing");
  EXPECT_EQ(check(gap, {})->position, 4);
  EXPECT_EQ(check(repeat, {})->code, "entry_repeated");
  EXPECT_EQ(check(cut, {over_all})->code, "log_cut");
  EXPECT_EQ(check(cut, {over_all})->position, 9);
}

TEST(LogCheck, FindsAForgedHead) {
  const auto entries = test_log(10);
  Head forged = head_over(entries, 10);
  forged.signature[5] ^= 1;

  EXPECT_EQ(check(entries, {forged})->code, "head_signature_wrong");
}

TEST(LogCheck, FindsAHeadOfAnotherLogSignedByTheSameKey) {
  auto other = test_log(10);
  other[2].reason = "another history";

  EXPECT_EQ(check(test_log(12), {head_over(other, 10)})->code, "head_root_differs");
}

}  // namespace
}  // namespace bordero::audit
