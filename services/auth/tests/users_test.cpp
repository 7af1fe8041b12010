#include "services/auth/tests/auth_fixture.hpp"

namespace bordero::auth {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class UsersTest : public AuthTest {
 protected:
  SignedIn admin_ = given_signed_in("anna", "admin");

  Result<v1::User> block(const std::string& user_id, const std::string& successor_id = "",
                         const SignedIn* who = nullptr) {
    v1::BlockUserRequest request;
    request.set_user_id(user_id);
    request.set_successor_id(successor_id);
    request.set_reason("left the agency");
    return call<v1::User>("UserService/BlockUser", request, who != nullptr ? who : &admin_);
  }
  Result<v1::User> unblock(const std::string& user_id) {
    v1::UnblockUserRequest request;
    request.set_user_id(user_id);
    return call<v1::User>("UserService/UnblockUser", request, &admin_);
  }
  Result<v1::User> change_role(const std::string& user_id, v1::Role role, int version) {
    v1::UpdateUserRequest request;
    request.set_user_id(user_id);
    request.set_version(version);
    request.mutable_update_mask()->add_paths("role");
    request.set_role(role);
    return call<v1::User>("UserService/UpdateUser", request, &admin_);
  }
  Result<v1::ListUsersReply> list(const SignedIn& who, const std::string& filter = "",
                                  int page_size = 0, const std::string& token = "") {
    v1::ListUsersRequest request;
    request.set_filter(filter);
    request.set_page_size(page_size);
    request.set_page_token(token);
    return call<v1::ListUsersReply>("UserService/ListUsers", request, &who);
  }
  static bool may(const v1::User& user, const std::string& action) {
    for (const auto& capability : user.can()) {
      if (capability.action() == action) return capability.allowed();
    }
    return false;
  }
};

TEST_F(UsersTest, ABlockIsEffectiveAtOnce) {
  const SignedIn marina = given_signed_in("marina", "agent");
  const std::string key = "session:" + hex(sha256(marina.token));
  put_into_redis(key, "cached");
  forget_published();

  const auto blocked = block(marina.user_id);

  ASSERT_TRUE(blocked.ok());
  EXPECT_EQ(blocked->status(), v1::USER_STATUS_BLOCKED);
  EXPECT_EQ(blocked->blocked_reason(), "left the agency");
  EXPECT_FALSE(is_signed_in(marina));
  EXPECT_EQ(in_redis(key), "ended");
  EXPECT_EQ(in_redis("epoch:" + marina.user_id), "1");
  EXPECT_EQ(login("marina@agency.example", kPassword).error().reason, "invalid_credentials");
  EXPECT_THAT(published(),
              ElementsAre("auth.user.blocked 2", "auth.session.ended 2", "auth.session.refused 1"));
  EXPECT_EQ(database_.value("SELECT body::jsonb->>'successor_id' FROM outbox "
                            "WHERE type = 'auth.user.blocked'"),
            admin_.user_id);
}

TEST_F(UsersTest, BlockingAgainChangesNothing) {
  const std::string id = given_user("marina", "agent");
  const int version = block(id).value().version();
  forget_published();

  const auto again = block(id);

  ASSERT_TRUE(again.ok());
  EXPECT_EQ(again->version(), version);
  EXPECT_THAT(published(), IsEmpty());
}

TEST_F(UsersTest, ARepeatedBlockIsAnsweredFromWhatWasKept) {
  const std::string id = given_user("marina", "agent");
  idempotency_key_ = "block-1";
  const auto first = block(id).value();
  EXPECT_FALSE(replayed_);

  const auto second = block(id).value();

  EXPECT_TRUE(replayed_);
  EXPECT_EQ(first.SerializeAsString(), second.SerializeAsString());
}

TEST_F(UsersTest, NobodyBlocksThemselvesOrTheLastAdmin) {
  EXPECT_EQ(block(admin_.user_id).error().reason, "cannot_block_oneself");
  const std::string second = given_user("boris", "admin");

  ASSERT_TRUE(block(second).ok());

  EXPECT_EQ(change_role(admin_.user_id, v1::ROLE_AGENT, 1).error().reason, "last_active_admin");
}

TEST_F(UsersTest, AnAdminWhoIsNoMoreCannotActOnAnOldToken) {
  const SignedIn boris = given_signed_in("boris", "admin");
  ASSERT_TRUE(block(boris.user_id).ok());

  EXPECT_EQ(block(admin_.user_id, "", &boris).error().kind, ErrorKind::forbidden);
}

TEST_F(UsersTest, ASuccessorMayLeadDeals) {
  const std::string leaving = given_user("marina", "agent");
  const std::string executor = given_user("darya", "executor");
  const std::string blocked = given_user("viktor", "agent", "blocked");
  const std::string agent = given_user("sergey", "agent");

  EXPECT_EQ(block(leaving, executor).error().reason, "successor_cannot_lead");
  EXPECT_EQ(block(leaving, blocked).error().reason, "successor_not_active");
  EXPECT_EQ(block(leaving, leaving).error().reason, "successor_is_the_user");
  EXPECT_EQ(block(leaving, Uuid::v7().str()).error().reason, "successor_not_found");
  ASSERT_TRUE(block(leaving, agent).ok());
  EXPECT_EQ(database_.value("SELECT body::jsonb->>'successor_id' FROM outbox "
                            "WHERE type = 'auth.user.blocked'"),
            agent);
}

TEST_F(UsersTest, UnblockingBringsBackTheStatusBefore) {
  const std::string active = given_user("marina", "agent");
  const std::string invited = given_user("sergey", "agent", "invited");
  ASSERT_TRUE(block(active).ok());
  ASSERT_TRUE(block(invited).ok());

  EXPECT_EQ(unblock(active).value().status(), v1::USER_STATUS_ACTIVE);
  EXPECT_EQ(unblock(invited).value().status(), v1::USER_STATUS_INVITED);
  EXPECT_TRUE(login("marina@agency.example", kPassword).ok());
}

TEST_F(UsersTest, ARoleChangeEndsSessions) {
  const SignedIn marina = given_signed_in("marina", "agent");
  forget_published();

  const auto changed = change_role(marina.user_id, v1::ROLE_FINANCE, 1);

  ASSERT_TRUE(changed.ok());
  EXPECT_EQ(changed->role(), v1::ROLE_FINANCE);
  EXPECT_EQ(changed->version(), 2);
  EXPECT_FALSE(is_signed_in(marina));
  EXPECT_EQ(in_redis("epoch:" + marina.user_id), "1");
  EXPECT_THAT(published(), ElementsAre("auth.role.changed 2", "auth.session.ended 2"));
}

TEST_F(UsersTest, AStaleVersionChangesNothing) {
  const std::string id = given_user("marina", "agent");

  const auto changed = change_role(id, v1::ROLE_FINANCE, 7);

  EXPECT_EQ(changed.error().kind, ErrorKind::stale);
  EXPECT_EQ(changed.error().current_version, 1);
  EXPECT_EQ(database_.value("SELECT role FROM users WHERE id = '" + id + "'"), "agent");
}

TEST_F(UsersTest, EmailsAreUniqueInAnyCase) {
  v1::CreateUserRequest request;
  request.set_email("ANNA@agency.example");
  request.set_full_name("Анна Вторая");
  request.set_role(v1::ROLE_AGENT);

  EXPECT_EQ(call<v1::Invitation>("UserService/CreateUser", request, &admin_).error().reason,
            "email_taken");
}

TEST_F(UsersTest, ColleaguesSeeNamesAndAdminsEverything) {
  const SignedIn marina = given_signed_in("marina", "agent");
  given_user("sergey", "agent", "invited");
  given_user("viktor", "agent", "blocked");

  const auto seen = list(marina).value();
  const auto all = list(admin_).value();

  ASSERT_EQ(seen.users_size(), 2);
  for (const v1::User& user : seen.users()) {
    EXPECT_FALSE(user.full_name().empty());
    EXPECT_THAT(user.email(), IsEmpty());
    EXPECT_THAT(user.last_signed_in_at(), IsEmpty());
    EXPECT_EQ(user.can_size(), 0);
  }
  ASSERT_EQ(all.users_size(), 4);
  EXPECT_EQ(all.total_size(), 4);
  EXPECT_FALSE(all.users(0).email().empty());
  EXPECT_FALSE(may(all.users(0), "block"));  // The admin who asks.
  EXPECT_TRUE(may(all.users(1), "block"));
}

TEST_F(UsersTest, NobodySearchesByWhatTheyCannotSee) {
  const SignedIn marina = given_signed_in("marina", "agent");

  EXPECT_EQ(list(marina, "email = \"anna@agency.example\"").error().kind, ErrorKind::invalid);
  EXPECT_EQ(list(admin_, "email = \"anna@agency.example\"").value().users_size(), 1);
  EXPECT_EQ(list(marina, "role = \"admin\"").value().users_size(), 1);
}

TEST_F(UsersTest, PagesFollowEachOther) {
  for (const char* name : {"boris", "vera", "gleb"}) given_user(name, "agent");

  const auto first = list(admin_, "", 3).value();
  const auto second = list(admin_, "", 3, first.next_page_token()).value();

  EXPECT_EQ(first.users_size(), 3);
  ASSERT_EQ(second.users_size(), 1);
  EXPECT_EQ(second.users(0).full_name(), "vera");
  EXPECT_EQ(second.total_size(), 4);
  EXPECT_THAT(second.next_page_token(), IsEmpty());
}

TEST_F(UsersTest, OnlyAdminsManageUsers) {
  for (const char* role : {"agent", "executor", "finance", "head"}) {
    const SignedIn who = given_signed_in(std::string("user-") + role, role);
    EXPECT_EQ(block(admin_.user_id, "", &who).error().kind, ErrorKind::forbidden) << role;
    v1::GetUserRequest get;
    get.set_user_id(who.user_id);
    EXPECT_EQ(call<v1::User>("UserService/GetUser", get, &who).error().kind, ErrorKind::forbidden);
  }
}

TEST_F(UsersTest, PreferencesAreOnesOwn) {
  const SignedIn marina = given_signed_in("marina", "agent");
  v1::UpdatePreferencesRequest request;
  request.mutable_update_mask()->add_paths("theme");
  request.set_theme("dark");

  const auto changed =
      call<v1::Preferences>("UserService/UpdatePreferences", request, &marina).value();

  EXPECT_EQ(changed.theme(), "dark");
  EXPECT_EQ(changed.density(), "normal");
  const auto others =
      call<v1::Preferences>("UserService/GetPreferences", v1::GetPreferencesRequest(), &admin_);
  EXPECT_EQ(others->theme(), "system");
  request.set_theme("purple");
  EXPECT_EQ(call<v1::Preferences>("UserService/UpdatePreferences", request, &marina)
                .error()
                .fields.at(0)
                .field,
            "theme");
}

TEST_F(UsersTest, ExportGivesEverybodyInPagesById) {
  const std::string marina = given_user("marina", "agent");
  v1::ExportUsersRequest request;
  auto from_crm = envelope("UserService/ExportUsers", nullptr);
  from_crm.caller_service = "crm";

  const auto all = run(dispatcher_->dispatch(from_crm, request));
  request.set_after_id(admin_.user_id);
  const auto rest = run(dispatcher_->dispatch(from_crm, request));

  EXPECT_EQ(static_cast<const v1::ExportUsersReply&>(*all->message).users_size(), 2);
  EXPECT_EQ(static_cast<const v1::ExportUsersReply&>(*rest->message).users(0).id(), marina);
}

}  // namespace
}  // namespace bordero::auth
