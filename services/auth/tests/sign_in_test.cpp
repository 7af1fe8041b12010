#include "platform/testing/secret_file.hpp"
#include "services/auth/tests/auth_fixture.hpp"

namespace bordero::auth {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST_F(AuthTest, SignInOpensASession) {
  const std::string id = given_user("marina", "agent");

  const auto reply = login("Marina@Agency.Example", kPassword);

  ASSERT_TRUE(reply.ok());
  EXPECT_EQ(reply->user().id(), id);
  EXPECT_EQ(reply->user().role(), v1::ROLE_AGENT);
  EXPECT_EQ(reply->session_token().size(), 43u);
  const auto session = resolve(reply->session_token());
  ASSERT_TRUE(session.ok());
  EXPECT_EQ(session->user().email(), "marina@agency.example");
  EXPECT_EQ(session->csrf_token(), reply->csrf_token());
  EXPECT_FALSE(session->identity_token().empty());
  EXPECT_THAT(published(), ElementsAre("auth.session.opened 1"));
}

TEST_F(AuthTest, SecretsAreNotStored) {
  given_user("marina", "agent");

  const auto reply = login("marina@agency.example", kPassword).value();

  EXPECT_EQ(database_.value("SELECT count(*) FROM sessions WHERE token_hash = sha256('" +
                            reply.session_token() + "'::bytea)"),
            "1");
  EXPECT_EQ(database_.value("SELECT count(*) FROM outbox WHERE body LIKE '%" +
                            reply.session_token() + "%'"),
            "0");
}

TEST_F(AuthTest, NothingTellsWhichSignInWasWrong) {
  given_user("marina", "agent");
  given_user("blocked", "agent", "blocked");
  given_user("invited", "agent", "invited");

  const std::vector<Result<v1::LoginReply>> answers = {
      login("marina@agency.example", "wrong password 123"),
      login("nobody@agency.example", kPassword), login("blocked@agency.example", kPassword),
      login("invited@agency.example", kPassword)};

  for (const auto& answer : answers) {
    ASSERT_FALSE(answer.ok());
    EXPECT_EQ(answer.error().kind, ErrorKind::unauthenticated);
    EXPECT_EQ(answer.error().reason, "invalid_credentials");
    EXPECT_THAT(answer.error().detail, IsEmpty());
  }
  EXPECT_THAT(published(), ::testing::Each("auth.session.refused 1"));
  EXPECT_EQ(published().size(), answers.size());
}

TEST_F(AuthTest, FiveFailuresAreFree) {
  given_user("marina", "agent");
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(login("marina@agency.example", "wrong password 123").error().kind,
              ErrorKind::unauthenticated);
  }

  const auto sixth = login("marina@agency.example", kPassword);

  EXPECT_EQ(sixth.error().kind, ErrorKind::too_many);
  EXPECT_GT(sixth.error().retry_after_s, 0);
  EXPECT_LE(sixth.error().retry_after_s, 15);
}

TEST_F(AuthTest, AccountsThatDoNotExistWaitAlike) {
  for (int i = 0; i < 5; ++i) (void)login("nobody@agency.example", "wrong password 123");

  EXPECT_EQ(login("nobody@agency.example", kPassword).error().kind, ErrorKind::too_many);
}

TEST_F(AuthTest, AnotherNetworkIsNotLockedOut) {
  given_user("marina", "agent");
  for (int i = 0; i < 6; ++i) (void)login("marina@agency.example", "wrong password 123");

  EXPECT_TRUE(login("marina@agency.example", kPassword, "198.51.100.7").ok());
}

TEST_F(AuthTest, AKnownDeviceGetsInDuringAnAttack) {
  const SignedIn marina = given_signed_in("marina", "agent");
  for (int i = 0; i < 30; ++i) {
    (void)login("marina@agency.example", "wrong password 123", "203.0." + std::to_string(i) + ".1");
  }

  EXPECT_EQ(login("marina@agency.example", kPassword, "198.51.100.7").error().kind,
            ErrorKind::too_many);
  EXPECT_TRUE(login("marina@agency.example", kPassword, "198.51.100.7", marina.device).ok());
}

TEST_F(AuthTest, SuccessForgetsFailures) {
  given_user("marina", "agent");
  for (int round = 0; round < 3; ++round) {
    for (int i = 0; i < 4; ++i) (void)login("marina@agency.example", "wrong password 123");
    ASSERT_TRUE(login("marina@agency.example", kPassword).ok());
  }
}

TEST_F(AuthTest, WithoutRedisThereIsALimitAllTheSame) {
  Config config = config_;
  config.redis_url = "redis://127.0.0.1:1/0";
  start(config);
  given_user("timur", "agent");
  ASSERT_TRUE(login("timur@agency.example", kPassword).ok());
  for (int i = 0; i < 5; ++i) (void)login("timur@agency.example", "wrong password 123");

  EXPECT_EQ(login("timur@agency.example", kPassword).error().kind, ErrorKind::too_many);
}

TEST_F(AuthTest, TheOldestOfTenSessionsGivesWay) {
  given_user("marina", "agent");
  std::vector<SignedIn> sessions;
  for (int i = 0; i < 11; ++i) sessions.push_back(signed_in("marina"));

  EXPECT_FALSE(is_signed_in(sessions.front()));
  for (std::size_t i = 1; i < sessions.size(); ++i) EXPECT_TRUE(is_signed_in(sessions[i]));
  EXPECT_EQ(database_.value("SELECT count(*) FROM outbox WHERE type = 'auth.session.ended'"), "1");
}

TEST_F(AuthTest, WeakerHashesAreRenewedAtSignIn) {
  given_user("marina", "agent");
  const std::string before = database_.value("SELECT password_hash FROM users");
  Config config = config_;
  config.argon2_passes = 2;
  start(config);

  ASSERT_TRUE(login("marina@agency.example", kPassword).ok());

  EXPECT_THAT(database_.value("SELECT password_hash FROM users"), ::testing::HasSubstr("t=2"));
  ASSERT_TRUE(login("marina@agency.example", kPassword).ok());
  EXPECT_THAT(before, ::testing::HasSubstr("t=1"));
}

TEST_F(AuthTest, PeppersRotate) {
  given_user("marina", "agent");
  Config config = config_;
  config.peppers = std::string(64, 'a') + "\n" + std::string(64, 'b');
  start(config);

  ASSERT_TRUE(login("marina@agency.example", kPassword).ok());

  EXPECT_EQ(database_.value("SELECT pepper_version FROM users"), "2");
  ASSERT_TRUE(login("marina@agency.example", kPassword).ok());
}

TEST_F(AuthTest, APepperThatIsAddedToTheFileIsUsedWithoutARestart) {
  given_user("marina", "agent");
  testing::SecretFile file(std::string(64, 'a'));
  Config config = config_;
  config.peppers = file.secret();
  start(config);
  ASSERT_TRUE(login("marina@agency.example", kPassword).ok());
  EXPECT_EQ(database_.value("SELECT pepper_version FROM users"), "1");

  file.replace(std::string(64, 'a') + "\n" + std::string(64, 'b'));

  ASSERT_TRUE(login("marina@agency.example", kPassword).ok());
  EXPECT_EQ(database_.value("SELECT pepper_version FROM users"), "2");
}

}  // namespace
}  // namespace bordero::auth
