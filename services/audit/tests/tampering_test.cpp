#include <sstream>

#include "services/audit/src/entries/entry_store.hpp"
#include "services/audit/src/offline/export_lines.hpp"
#include "services/audit/src/offline/export_log.hpp"
#include "services/audit/src/offline/verify_export.hpp"
#include "services/audit/tests/audit_fixture.hpp"

namespace bordero::audit {
namespace {

// Each test has its twin in the first: the same log untouched.
class Tampering : public AuditTest {
 protected:
  // Twelve entries under two heads, and one that is not signed yet.
  Tampering() {
    given_log(5);
    first_head_ = **sign();
    given_log(6);
    run_pace();
    given_log(1);
  }
  void run_pace() {
    HeadSigner hasty(db_, key_, {.period = std::chrono::seconds(0), .records = 1});
    ASSERT_TRUE(*run(hasty.sign_when_due()));
  }
  std::string found() { return verdict().problem(); }
  std::string found_in_export(const std::vector<Head>& earlier = {}) {
    std::stringstream file;
    EXPECT_TRUE(run(export_log(db_, file)));
    const auto verdict = verify_export(file, {key_.public_key()}, earlier);
    return verdict.problem ? verdict.problem->code : "";
  }
  // A rewriter who knows the code: leaves, tree and unsigned places agree with the new entries.
  void rehash() {
    const auto all = [this]() -> awaitable<std::vector<StoredEntry>> {
      Context ctx = system_context("test", std::chrono::seconds(10));
      auto tx = (co_await db_.read(ctx)).value();
      co_return co_await read_entries(tx, 0, 1000);
    };
    Tree tree;
    for (const auto& stored : run(all())) {
      const Hash leaf = leaf_of(stored.entry);
      tree.append(leaf);
      tamper("UPDATE entries SET leaf = '\\x" + hex(leaf) +
             "' WHERE position = " + std::to_string(stored.entry.position));
    }
    tamper("UPDATE tree SET size = " + std::to_string(tree.size()) + ", peaks = '\\x" +
           hex(tree.packed()) + "'");
  }

  Head first_head_;
};

TEST_F(Tampering, AnUntouchedLogHolds) {
  const auto whole = verdict();

  EXPECT_TRUE(whole.ok());
  EXPECT_EQ(whole.problem(), "");
  EXPECT_EQ(whole.size(), 12);
  EXPECT_EQ(found_in_export({first_head_}), "");
}

TEST_F(Tampering, FindsAChangedEntry) {
  for (const auto* change :
       {"reason = 'x'", "after = '{}'", "before = 'x'", "details = 'x'", "actor_id = 'x'",
        "at = at + interval '1 microsecond'", "entity_id = 'x'", "entity_type = 'x'",
        "entity_version = 9", "service = 'x'", "trace_id = 'x'", "action = 'x'",
        "event_id = gen_random_uuid()", "leaf = sha256('x')"}) {
    tamper(
        "CREATE TEMP TABLE was AS SELECT * FROM entries WHERE position = 3; "
        "CREATE TABLE IF NOT EXISTS kept AS SELECT * FROM was; UPDATE entries SET " +
        std::string(change) + " WHERE position = 3");
    const auto changed = verdict();
    EXPECT_EQ(changed.problem(), "entry_changed") << change;
    EXPECT_EQ(changed.position(), 3) << change;
    EXPECT_EQ(found_in_export(), "entry_changed") << change;
    tamper("DELETE FROM entries WHERE position = 3; INSERT INTO entries SELECT * FROM kept");
    ASSERT_EQ(found(), "") << "put back";
  }
}

TEST_F(Tampering, FindsARewrittenEntryWithItsHashes) {
  tamper("UPDATE entries SET reason = 'rewritten' WHERE position = 7");
  rehash();

  const auto rewritten = verdict();
  EXPECT_EQ(rewritten.problem(), "head_root_differs");
  EXPECT_EQ(rewritten.position(), 5);
  EXPECT_EQ(found_in_export(), "head_root_differs");
}

TEST_F(Tampering, FindsADeletedEntry) {
  tamper("DELETE FROM entries WHERE position = 4");

  EXPECT_EQ(found(), "entry_missing");
  EXPECT_EQ(verdict().position(), 4);
  EXPECT_EQ(found_in_export(), "entry_missing");
}

TEST_F(Tampering, FindsADeletedEntryBehindWhichTheRestMovedUp) {
  tamper(
      "DELETE FROM entries WHERE position = 4; "
      "UPDATE entries SET position = position + 1000 WHERE position > 4; "
      "UPDATE entries SET position = position - 1001 WHERE position > 1000");
  rehash();

  EXPECT_EQ(found(), "head_root_differs");
  EXPECT_EQ(found_in_export(), "head_root_differs");
}

TEST_F(Tampering, FindsAnInsertedEntry) {
  tamper(
      "UPDATE entries SET position = position + 1000 WHERE position > 4; "
      "UPDATE entries SET position = position - 999 WHERE position > 1000; "
      "INSERT INTO entries SELECT 5, gen_random_uuid(), at, actor_id, action, entity_type, "
      "entity_id, entity_version, service, reason, trace_id, before, after, details, leaf "
      "FROM entries WHERE position = 4");
  rehash();

  EXPECT_EQ(found(), "head_root_differs");
  EXPECT_EQ(found_in_export(), "head_root_differs");
}

TEST_F(Tampering, FindsAnEntryAppendedPastTheTree) {
  tamper(
      "INSERT INTO entries SELECT 12, gen_random_uuid(), at, actor_id, action, entity_type, "
      "entity_id, entity_version, service, reason, trace_id, before, after, details, leaf "
      "FROM entries WHERE position = 4");

  EXPECT_EQ(found(), "entry_unexpected");
}

TEST_F(Tampering, FindsTwoEntriesThatChangedPlaces) {
  tamper(
      "UPDATE entries SET position = 1000 WHERE position = 6; "
      "UPDATE entries SET position = 6 WHERE position = 8; "
      "UPDATE entries SET position = 8 WHERE position = 1000");
  EXPECT_EQ(found(), "entry_changed");

  rehash();

  EXPECT_EQ(found(), "head_root_differs");
  EXPECT_EQ(found_in_export(), "head_root_differs");
}

TEST_F(Tampering, FindsACutLog) {
  tamper("DELETE FROM entries WHERE position >= 8");
  EXPECT_EQ(found(), "log_cut");
  EXPECT_EQ(found_in_export(), "log_cut");

  rehash();

  EXPECT_EQ(found(), "log_cut");
  EXPECT_EQ(verdict().position(), 8);
}

TEST_F(Tampering, ACutWithItsHeadsIsFoundByWhoeverHoldsAnEarlierOne) {
  tamper("DELETE FROM entries WHERE position >= 3; DELETE FROM heads");
  rehash();
  run_pace();

  EXPECT_EQ(found_in_export(), "");
  EXPECT_EQ(found_in_export({first_head_}), "log_cut");
}

TEST_F(Tampering, FindsAForgedHead) {
  tamper("UPDATE heads SET root = sha256('x') WHERE size = 5");
  EXPECT_EQ(found(), "head_signature_wrong");
  EXPECT_EQ(found_in_export(), "head_signature_wrong");
}

TEST_F(Tampering, FindsAHeadSignedByAnotherKey) {
  const SigningKey foreign(std::string(32, 'f'));
  Tree tree;
  for (int i = 0; i < 5; ++i) tree.append(leaf_hash("another log"));
  const Head head = foreign.sign(tree, clock::now());
  tamper("UPDATE heads SET root = '\\x" + hex(head.root) + "', signature = '\\x" +
         hex(head.signature) + "', public_key = '\\x" + hex(head.public_key) + "', signed_at = '" +
         instant_text(head.signed_at) + "' WHERE size = 5");

  EXPECT_EQ(found(), "head_signature_wrong");
  EXPECT_EQ(found_in_export(), "head_signature_wrong");
}

TEST_F(Tampering, FindsAHeadOfAnotherLogUnderOurKey) {
  Tree tree;
  for (int i = 0; i < 5; ++i) tree.append(leaf_hash("another log"));
  const Head head = key_.sign(tree, clock::now());
  tamper("UPDATE heads SET root = '\\x" + hex(head.root) + "', signature = '\\x" +
         hex(head.signature) + "', signed_at = '" + instant_text(head.signed_at) +
         "' WHERE size = 5");

  EXPECT_EQ(found(), "head_root_differs");
  EXPECT_EQ(found_in_export(), "head_root_differs");
}

TEST_F(Tampering, FindsALogWithoutHeads) {
  tamper("DELETE FROM heads");

  EXPECT_EQ(found(), "no_signed_head");
  EXPECT_EQ(found_in_export(), "no_signed_head");
}

TEST_F(Tampering, FindsATreeThatIsNotOfTheEntries) {
  tamper("UPDATE entries SET reason = 'x' WHERE position = 11");
  rehash();
  EXPECT_EQ(found(), "") << "no signature covers the last entry yet";

  tamper("UPDATE tree SET peaks = substring(peaks FROM 33) || substring(peaks FOR 32)");

  EXPECT_EQ(found(), "tree_differs");
}

}  // namespace
}  // namespace bordero::audit
