#include "services/audit/tests/audit_fixture.hpp"

namespace bordero::audit {
namespace {

class SignHead : public AuditTest {
 protected:
  Result<std::optional<Head>> sign_now() { return run(hasty_.sign_when_due()); }
  HeadSigner hasty_{db_, key_, {.period = std::chrono::seconds(0), .records = 1}};
};

TEST_F(SignHead, CoversTheLogAndHolds) {
  given_log(3);

  const auto head = sign_now();

  ASSERT_TRUE(head && *head);
  EXPECT_EQ((*head)->size, 3);
  EXPECT_TRUE(signature_holds(**head, key_.public_key()));
  EXPECT_EQ(verdict().root(), hex((*head)->root));
}

TEST_F(SignHead, IsNotDueWithoutNewEntries) {
  EXPECT_FALSE(*sign_now());
  given_log(1);
  EXPECT_TRUE(*sign_now());
  EXPECT_FALSE(*sign_now());
}

TEST_F(SignHead, WaitsForTimeOrRecords) {
  HeadSigner patient(db_, key_, {.period = std::chrono::hours(1), .records = 3});
  given_log(1);
  ASSERT_TRUE(*run(patient.sign_when_due())) << "the first head comes at once";

  given_log(2);
  EXPECT_FALSE(*run(patient.sign_when_due()));
  given_log(1);
  EXPECT_TRUE(*run(patient.sign_when_due()));
}

TEST_F(SignHead, IsRefusedForALogThatDoesNotExtendTheLast) {
  given_log(3);
  ASSERT_TRUE(*sign_now());
  given_log(3);
  tamper("UPDATE entries SET reason = 'rewritten' WHERE position = 4");

  EXPECT_EQ(sign_now().error().reason, "log_does_not_extend_last_head");
  EXPECT_EQ(database_.value("SELECT count(*) FROM heads"), "1");
}

TEST_F(SignHead, IsRefusedAfterACut) {
  given_log(3);
  ASSERT_TRUE(*sign_now());
  tamper("DELETE FROM entries; UPDATE tree SET size = 0, peaks = ''");

  EXPECT_EQ(sign_now().error().reason, "log_is_shorter_than_last_head");
}

TEST_F(SignHead, IsRefusedOverAGap) {
  given_log(1);
  ASSERT_TRUE(*sign_now());
  given_log(3);
  tamper("DELETE FROM entries WHERE position = 2");

  EXPECT_EQ(sign_now().error().reason, "log_has_a_gap");
}

TEST_F(SignHead, IsRefusedOnAForgedLastHead) {
  given_log(3);
  ASSERT_TRUE(*sign_now());
  given_log(1);
  tamper("UPDATE heads SET signed_at = signed_at - interval '1 day'");
  EXPECT_EQ(sign_now().error().reason, "last_head_is_not_ours");
}

TEST_F(SignHead, IsRefusedOnPeaksOfAnotherTree) {
  given_log(3);
  ASSERT_TRUE(*sign_now());
  given_log(1);
  tamper("UPDATE heads SET peaks = substring(peaks FROM 33) || substring(peaks FOR 32)");
  EXPECT_EQ(sign_now().error().reason, "last_head_was_changed");
}

TEST_F(SignHead, IsRefusedWhenHeadsDisappear) {
  given_log(3);
  ASSERT_TRUE(*sign_now());
  tamper("DELETE FROM heads");
  EXPECT_EQ(sign_now().error().reason, "heads_were_removed");
}

TEST_F(SignHead, IsShownToAdminAndHead) {
  EXPECT_EQ(ask<v1::SignedHead>("GetHead", v1::GetHeadRequest(), Role::admin).error().reason,
            "head_not_signed_yet");
  given_log(2);
  ASSERT_TRUE(*sign_now());

  const auto head = ask<v1::SignedHead>("GetHead", v1::GetHeadRequest(), Role::head);

  ASSERT_TRUE(head);
  EXPECT_EQ(head->size(), 2);
  EXPECT_EQ(head->public_key(), hex(key_.public_key()));
  EXPECT_EQ(ask<v1::SignedHead>("GetHead", v1::GetHeadRequest(), Role::agent).error().kind,
            ErrorKind::forbidden);
}

TEST_F(SignHead, VerifyTellsTheVerdict) {
  given_log(2);
  ASSERT_TRUE(*sign_now());

  const auto holds = ask<v1::VerifyReply>("Verify", v1::VerifyRequest(), Role::admin);
  tamper("UPDATE entries SET reason = 'x' WHERE position = 1");
  const auto touched = ask<v1::VerifyReply>("Verify", v1::VerifyRequest(), Role::admin);

  ASSERT_TRUE(holds);
  EXPECT_TRUE(holds->ok());
  EXPECT_EQ(holds->size(), 2);
  EXPECT_FALSE(touched->ok());
  EXPECT_EQ(touched->problem(), "entry_changed");
  EXPECT_EQ(touched->position(), 1);
  EXPECT_EQ(ask<v1::VerifyReply>("Verify", v1::VerifyRequest(), Role::finance).error().kind,
            ErrorKind::forbidden);
}

}  // namespace
}  // namespace bordero::audit
