#include "services/auth/tests/auth_fixture.hpp"

namespace bordero::auth {
namespace {

constexpr const char* kNewPassword = "wbnx-qjtrv-pldz-4";

class PasswordsTest : public AuthTest {
 protected:
  Result<common::v1::Empty> change(const SignedIn& who, const std::string& current,
                                   const std::string& fresh) {
    v1::ChangePasswordRequest request;
    request.set_current_password(current);
    request.set_new_password(fresh);
    return call<common::v1::Empty>("SessionService/ChangePassword", request, &who);
  }
  Result<common::v1::Empty> accept(const std::string& token, const std::string& password) {
    v1::AcceptInvitationRequest request;
    request.set_token(token);
    request.set_password(password);
    return call<common::v1::Empty>("SessionService/AcceptInvitation", request);
  }
  Result<v1::Invitation> create(const SignedIn& admin, const std::string& email) {
    v1::CreateUserRequest request;
    request.set_email(email);
    request.set_full_name("Новый Сотрудник");
    request.set_role(v1::ROLE_EXECUTOR);
    return call<v1::Invitation>("UserService/CreateUser", request, &admin);
  }
  static std::string token_of(const v1::Invitation& invitation) {
    return invitation.link().substr(invitation.link().find('#') + 1);
  }
};

TEST_F(PasswordsTest, AChangeEndsAllOtherSessions) {
  const SignedIn asking = given_signed_in("marina", "agent");
  const SignedIn other = signed_in("marina");

  ASSERT_TRUE(change(asking, kPassword, kNewPassword).ok());

  EXPECT_TRUE(is_signed_in(asking));
  EXPECT_FALSE(is_signed_in(other));
  EXPECT_FALSE(login("marina@agency.example", kPassword).ok());
  EXPECT_TRUE(login("marina@agency.example", kNewPassword).ok());
}

TEST_F(PasswordsTest, AChangeNeedsTheCurrentPasswordAndAGoodNewOne) {
  const SignedIn marina = given_signed_in("marina", "agent");

  EXPECT_EQ(change(marina, "wrong password 123", kNewPassword).error().fields.at(0).field,
            "current_password");
  EXPECT_EQ(change(marina, kPassword, "too short").error().fields.at(0).code, "too_short");
  EXPECT_EQ(change(marina, kPassword, "marina on the sea").error().fields.at(0).code,
            "password_has_context_word");
  EXPECT_TRUE(is_signed_in(marina));
}

TEST_F(PasswordsTest, ASessionDoesNotGuessThePassword) {
  const SignedIn marina = given_signed_in("marina", "agent");
  for (int i = 0; i < 5; ++i) (void)change(marina, "wrong password 123", kNewPassword);

  EXPECT_EQ(change(marina, kPassword, kNewPassword).error().kind, ErrorKind::too_many);
}

TEST_F(PasswordsTest, AnInvitationIsUsedOnce) {
  const SignedIn admin = given_signed_in("anna", "admin");

  const auto invitation = create(admin, "new@agency.example").value();

  EXPECT_EQ(invitation.user().status(), v1::USER_STATUS_INVITED);
  EXPECT_TRUE(invitation.link().starts_with("https://bordero.example/invite#"));
  EXPECT_EQ(accept(token_of(invitation), "too short").error().fields.at(0).code, "too_short");
  EXPECT_TRUE(accept(token_of(invitation), kNewPassword).ok());
  EXPECT_TRUE(login("new@agency.example", kNewPassword).ok());
  EXPECT_EQ(accept(token_of(invitation), kPassword).error().kind, ErrorKind::not_found);
}

TEST_F(PasswordsTest, ANewerInvitationEndsTheOlder) {
  const SignedIn admin = given_signed_in("anna", "admin");
  const auto first = create(admin, "new@agency.example").value();
  v1::InviteUserRequest again;
  again.set_user_id(first.user().id());

  const auto second = call<v1::Invitation>("UserService/InviteUser", again, &admin).value();

  EXPECT_EQ(accept(token_of(first), kNewPassword).error().kind, ErrorKind::not_found);
  EXPECT_TRUE(accept(token_of(second), kNewPassword).ok());
  EXPECT_EQ(call<v1::Invitation>("UserService/InviteUser", again, &admin).error().reason,
            "user_already_active");
}

TEST_F(PasswordsTest, AnInvitationExpires) {
  const SignedIn admin = given_signed_in("anna", "admin");
  const auto invitation = create(admin, "new@agency.example").value();

  database_.execute("UPDATE invitations SET expires_at = now()");

  EXPECT_EQ(accept(token_of(invitation), kNewPassword).error().kind, ErrorKind::not_found);
}

TEST_F(PasswordsTest, TheFirstAdminGetsOneLink) {
  const auto link = first_admin_link(config_);

  ASSERT_TRUE(link.has_value());
  EXPECT_FALSE(first_admin_link(config_).has_value());
  EXPECT_TRUE(accept(link->substr(link->find('#') + 1), kNewPassword).ok());
  const auto reply = login("admin@localhost", kNewPassword);
  ASSERT_TRUE(reply.ok());
  EXPECT_EQ(reply->user().role(), v1::ROLE_ADMIN);
  EXPECT_FALSE(first_admin_link(config_).has_value());
}

TEST_F(PasswordsTest, AnUnusedFirstLinkIsReplacedWhenItHasExpired) {
  ASSERT_TRUE(first_admin_link(config_).has_value());
  database_.execute("UPDATE invitations SET expires_at = now()");

  const auto link = first_admin_link(config_);

  ASSERT_TRUE(link.has_value());
  EXPECT_TRUE(accept(link->substr(link->find('#') + 1), kNewPassword).ok());
}

TEST_F(PasswordsTest, ThereIsNoFirstAdminWhereThereArePeople) {
  given_user("marina", "agent");

  EXPECT_FALSE(first_admin_link(config_).has_value());
}

}  // namespace
}  // namespace bordero::auth
