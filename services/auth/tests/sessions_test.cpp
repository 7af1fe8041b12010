#include "services/auth/tests/auth_fixture.hpp"

namespace bordero::auth {
namespace {

using ::testing::Contains;

TEST_F(AuthTest, IdentityTokensSayWhoAsks) {
  given_user("marina", "agent");
  put_into_redis("acl:" + database_.value("SELECT id FROM users"), "7");

  const SignedIn marina = signed_in("marina");

  const auto caller = run(keys_.verify(marina.identity));
  ASSERT_TRUE(caller.ok());
  EXPECT_EQ(caller->user_id, marina.user_id);
  EXPECT_EQ(caller->role, Role::agent);
  EXPECT_EQ(caller->session_id, marina.session_id);
  EXPECT_EQ(caller->acl_version, 7);
}

TEST_F(AuthTest, SessionsEndByThemselves) {
  const SignedIn marina = given_signed_in("marina", "agent");

  database_.execute("UPDATE sessions SET idle_ends_at = now()");

  EXPECT_EQ(resolve(marina.token).error().reason, "session_expired");
}

TEST_F(AuthTest, WhoActsForSomebodyHasTheirRightsForAMinuteAndSaysTheWay) {
  const std::string marina = given_user("marina", "agent");
  put_into_redis("acl:" + marina, "7");

  const auto acting = identity_for("notifications", marina, v1::VIA_SCHEDULE);

  ASSERT_TRUE(acting.ok()) << acting.error().reason;
  const auto caller = run(keys_.verify(acting->identity_token()));
  ASSERT_TRUE(caller.ok());
  EXPECT_EQ(caller->user_id, marina);
  EXPECT_EQ(caller->role, Role::agent);
  EXPECT_EQ(caller->via, "schedule");
  EXPECT_EQ(caller->session_id, "");
  EXPECT_EQ(caller->acl_version, 7);
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  const auto life =
      acting->identity_expires_at() - std::chrono::duration_cast<std::chrono::seconds>(now).count();
  EXPECT_LE(life, 60);
}

TEST_F(AuthTest, NobodyActsForWhoIsNotActiveOrByAWayThatTheyHaveNot) {
  const std::string marina = given_user("marina", "agent");
  const std::string blocked = given_user("boris", "agent", "blocked");
  const std::string invited = given_user("inna", "agent", "invited");
  const auto why = [&](const char* service, const std::string& user, v1::Via via) {
    const auto acting = identity_for(service, user, via);
    if (acting) return std::string();
    const Error& error = acting.error();
    return error.fields.empty() ? error.reason : error.fields[0].field + ":" + error.fields[0].code;
  };

  EXPECT_EQ(why("notifications", blocked, v1::VIA_SCHEDULE), "user_not_active");
  EXPECT_EQ(why("notifications", invited, v1::VIA_SCHEDULE), "user_not_active");
  EXPECT_EQ(why("notifications", Uuid::v7().str(), v1::VIA_SCHEDULE), "user_not_active");
  EXPECT_EQ(why("notifications", marina, v1::VIA_TELEGRAM), "via_not_allowed");
  EXPECT_EQ(why("notifications", marina, v1::VIA_UNSPECIFIED), "via:required");
  EXPECT_EQ(why("tasks", marina, v1::VIA_SCHEDULE), "service_not_allowed");
  EXPECT_EQ(why("gateway", marina, v1::VIA_SCHEDULE), "service_not_allowed");
}

TEST_F(AuthTest, WhoActsForAnAdministratorAdministersNobody) {
  const std::string irina = given_user("irina", "admin");
  const std::string marina = given_user("marina", "agent");
  SignedIn acting;
  acting.identity = identity_for("notifications", irina, v1::VIA_SCHEDULE)->identity_token();
  v1::BlockUserRequest block;
  block.set_user_id(marina);
  block.set_reason("сказали по телефону");

  EXPECT_EQ(call<v1::User>("UserService/BlockUser", block, &acting).error().reason,
            "only_in_person");
  EXPECT_EQ(
      call<v1::ListSessionsReply>("SessionService/ListSessions", v1::ListSessionsRequest(), &acting)
          .error()
          .reason,
      "only_in_person");
  EXPECT_TRUE(
      call<v1::ListUsersReply>("UserService/ListUsers", v1::ListUsersRequest(), &acting).ok());
}

TEST_F(AuthTest, WorkThatGoesOnGetsANewIdentityWhileTheSessionLives) {
  const SignedIn marina = given_signed_in("marina", "agent");
  const std::string idle_end = database_.value("SELECT idle_ends_at FROM sessions");
  database_.execute("UPDATE sessions SET last_used_at = now() - interval '2 minutes'");
  v1::RenewIdentityRequest request;
  request.set_session_id(marina.session_id);
  request.set_user_id(marina.user_id);
  const auto renew = [&](const char* service) {
    auto asked = envelope("SessionService/RenewIdentity", nullptr);
    asked.caller_service = service;
    return run(dispatcher_->dispatch(std::move(asked), request));
  };

  const auto renewed = renew("notifications");
  ASSERT_TRUE(renewed.ok());
  const auto& identity = static_cast<const v1::RenewedIdentity&>(*renewed->message);
  const auto caller = run(keys_.verify(identity.identity_token()));
  EXPECT_EQ(caller->user_id, marina.user_id);
  EXPECT_EQ(caller->role, Role::agent);
  EXPECT_EQ(database_.value("SELECT idle_ends_at FROM sessions"), idle_end) << "not prolonged";
  EXPECT_EQ(renew("gateway").error().reason, "service_not_allowed");

  request.set_epoch(7);
  EXPECT_EQ(renew("notifications").error().reason, "session_expired");
  request.set_epoch(0);
  request.set_user_id(given_user("irina", "admin"));
  EXPECT_EQ(renew("notifications").error().reason, "session_expired");
  request.set_user_id(marina.user_id);
  ASSERT_TRUE(renew("notifications").ok());
  database_.execute("DELETE FROM sessions");
  EXPECT_EQ(renew("notifications").error().reason, "session_expired");
}

TEST_F(AuthTest, UseMovesTheIdleEndAtMostOnceAMinute) {
  const SignedIn marina = given_signed_in("marina", "agent");
  const std::string used = database_.value("SELECT last_used_at FROM sessions");
  ASSERT_TRUE(is_signed_in(marina));
  EXPECT_EQ(database_.value("SELECT last_used_at FROM sessions"), used);

  database_.execute(
      "UPDATE sessions SET last_used_at = now() - interval '2 minutes', "
      "idle_ends_at = now() + interval '1 minute'");

  ASSERT_TRUE(is_signed_in(marina));
  EXPECT_EQ(database_.value("SELECT idle_ends_at > now() + interval '59 minutes' FROM sessions"),
            "t");
}

TEST_F(AuthTest, TheIdleEndStaysWithinTheSessionsLife) {
  const SignedIn marina = given_signed_in("marina", "agent");
  database_.execute(
      "UPDATE sessions SET last_used_at = now() - interval '2 minutes', "
      "idle_ends_at = now() + interval '1 minute', ends_at = now() + interval '5 minutes'");

  ASSERT_TRUE(is_signed_in(marina));

  EXPECT_EQ(database_.value("SELECT idle_ends_at = ends_at FROM sessions"), "t");
}

TEST_F(AuthTest, GetSessionSaysWhoIAm) {
  const SignedIn marina = given_signed_in("marina", "agent");

  const auto reply =
      call<v1::SessionReply>("SessionService/GetSession", v1::GetSessionRequest(), &marina);

  ASSERT_TRUE(reply.ok());
  EXPECT_EQ(reply->user().full_name(), "marina");
  EXPECT_EQ(reply->session_id(), marina.session_id);
  EXPECT_EQ(reply->csrf_token().size(), 43u);
  EXPECT_EQ(reply->today(), clock::today().str());
}

TEST_F(AuthTest, SigningOutEndsTheSessionInTheCacheToo) {
  const SignedIn marina = given_signed_in("marina", "agent");
  const std::string key = "session:" + hex(sha256(marina.token));
  put_into_redis(key, "cached");

  const auto reply = call<common::v1::Empty>("SessionService/Logout", v1::LogoutRequest(), &marina);

  ASSERT_TRUE(reply.ok());
  EXPECT_FALSE(is_signed_in(marina));
  EXPECT_EQ(in_redis(key), "ended");
  EXPECT_THAT(published(), Contains("auth.session.ended 2"));
  EXPECT_TRUE(call<common::v1::Empty>("SessionService/Logout", v1::LogoutRequest(), &marina).ok());
}

TEST_F(AuthTest, PeopleSeeTheirSessionsAndAdminsEverybodys) {
  const SignedIn marina = given_signed_in("marina", "agent");
  const SignedIn second = signed_in("marina");
  const SignedIn admin = given_signed_in("anna", "admin");
  const SignedIn sergey = given_signed_in("sergey", "agent");
  v1::ListSessionsRequest of_marina;
  of_marina.set_user_id(marina.user_id);
  const auto list = [&](const v1::ListSessionsRequest& request, const SignedIn& who) {
    return call<v1::ListSessionsReply>("SessionService/ListSessions", request, &who);
  };

  const auto own = list({}, marina).value();

  ASSERT_EQ(own.sessions_size(), 2);
  for (const auto& session : own.sessions()) {
    EXPECT_EQ(session.current(), session.id() == marina.session_id);
    EXPECT_EQ(session.device(), "curl");
    EXPECT_EQ(session.address(), "192.0.2.1");
  }
  EXPECT_EQ(list(of_marina, admin).value().sessions_size(), 2);
  EXPECT_EQ(list(of_marina, sergey).error().kind, ErrorKind::forbidden);
}

TEST_F(AuthTest, EndingASessionIsForItsOwnerAndAdmins) {
  const SignedIn marina = given_signed_in("marina", "agent");
  const SignedIn second = signed_in("marina");
  const SignedIn admin = given_signed_in("anna", "admin");
  const SignedIn sergey = given_signed_in("sergey", "agent");
  v1::EndSessionRequest end;
  const auto ended_by = [&](const SignedIn& who) {
    return call<common::v1::Empty>("SessionService/EndSession", end, &who);
  };

  end.set_session_id(marina.session_id);
  EXPECT_EQ(ended_by(sergey).error().kind, ErrorKind::not_found);
  EXPECT_TRUE(ended_by(second).ok());
  EXPECT_FALSE(is_signed_in(marina));
  EXPECT_EQ(ended_by(second).error().kind, ErrorKind::not_found);
  end.set_session_id(second.session_id);
  EXPECT_TRUE(ended_by(admin).ok());
  EXPECT_FALSE(is_signed_in(second));
}

TEST_F(AuthTest, EndingAllKeepsTheOneThatAsks) {
  const SignedIn first = given_signed_in("marina", "agent");
  const SignedIn second = signed_in("marina");
  const SignedIn third = signed_in("marina");

  const auto reply = call<v1::EndAllSessionsReply>("SessionService/EndAllSessions",
                                                   v1::EndAllSessionsRequest(), &second);

  EXPECT_EQ(reply.value().ended(), 2);
  EXPECT_FALSE(is_signed_in(first));
  EXPECT_TRUE(is_signed_in(second));
  EXPECT_FALSE(is_signed_in(third));
  EXPECT_EQ(in_redis("epoch:" + first.user_id), "1");
}

TEST_F(AuthTest, AnAdminEndsAllSessionsOfAUser) {
  const SignedIn marina = given_signed_in("marina", "agent");
  const SignedIn admin = given_signed_in("anna", "admin");
  v1::EndAllSessionsRequest request;
  request.set_user_id(marina.user_id);

  EXPECT_EQ(call<v1::EndAllSessionsReply>("SessionService/EndAllSessions", request, &admin)
                .value()
                .ended(),
            1);

  EXPECT_FALSE(is_signed_in(marina));
  EXPECT_TRUE(is_signed_in(admin));
}

TEST_F(AuthTest, TheEpochInRedisNeverFalls) {
  const SignedIn marina = given_signed_in("marina", "agent");
  put_into_redis("epoch:" + marina.user_id, "5");

  ASSERT_TRUE(call<v1::EndAllSessionsReply>("SessionService/EndAllSessions",
                                            v1::EndAllSessionsRequest(), &marina)
                  .ok());

  EXPECT_EQ(in_redis("epoch:" + marina.user_id), "5");
}

TEST_F(AuthTest, KeysArePublishedBeforeTheySign) {
  given_signed_in("marina", "agent");
  database_.execute("UPDATE signing_keys SET signs_until = now() + interval '1 hour'");
  testing::FreshBroker broker;
  Config config = config_;
  config.amqp_url = broker.url();
  Background background(io_.get_executor(), config, peers_);
  background.start();
  wait_until([this] { return database_.value("SELECT count(*) FROM signing_keys") == "2"; });
  background.stop();

  start(config_);
  const auto keys = call<v1::KeySet>("SessionService/GetKeys", v1::GetKeysRequest()).value();

  EXPECT_EQ(keys.keys_size(), 2);
  const SignedIn marina = signed_in("marina");
  EXPECT_TRUE(run(keys_.verify(marina.identity)).ok());
  EXPECT_EQ(database_.value("SELECT count(*) FROM signing_keys WHERE sealed_secret LIKE "
                            "'%' || public_key || '%'"),
            "0");
}

TEST_F(AuthTest, OnlyTheGatewayResolvesSessions) {
  const SignedIn marina = given_signed_in("marina", "agent");
  v1::ResolveSessionRequest request;
  request.set_token_hash(sha256(marina.token));
  auto from_crm = envelope("SessionService/ResolveSession", nullptr);
  from_crm.caller_service = "crm";

  const auto answer = run(dispatcher_->dispatch(from_crm, request));

  EXPECT_EQ(answer.error().kind, ErrorKind::forbidden);
}

}  // namespace
}  // namespace bordero::auth
