#include "services/auth/src/users/user.hpp"

#include <gtest/gtest.h>

#include "services/auth/src/users/preferences.hpp"

namespace bordero::auth {
namespace {

Standing standing(v1::Role role, v1::UserStatus status = v1::USER_STATUS_ACTIVE) {
  return {.id = "somebody", .role = role, .status = status};
}

// Why the action is not allowed; empty when it is.
std::string reason_of(const v1::User& user, const std::string& action) {
  for (const auto& capability : user.can()) {
    if (capability.action() == action) return capability.reason();
  }
  return "no such action";
}

TEST(BlockUser, NobodyBlocksThemselves) {
  EXPECT_EQ(may_block(standing(v1::ROLE_ADMIN), "somebody", 2).error().reason,
            "cannot_block_oneself");
}

TEST(BlockUser, AnAgencyKeepsAnAdmin) {
  EXPECT_EQ(may_block(standing(v1::ROLE_ADMIN), "admin", 1).error().reason, "last_active_admin");
  EXPECT_TRUE(may_block(standing(v1::ROLE_ADMIN), "admin", 2).ok());
  EXPECT_TRUE(may_block(standing(v1::ROLE_ADMIN, v1::USER_STATUS_INVITED), "admin", 1).ok());
}

TEST(UpdateUser, TheLastAdminStaysOne) {
  EXPECT_EQ(may_change_role(standing(v1::ROLE_ADMIN), v1::ROLE_HEAD, 1).error().reason,
            "last_active_admin");
  EXPECT_TRUE(may_change_role(standing(v1::ROLE_ADMIN), v1::ROLE_ADMIN, 1).ok());
  EXPECT_TRUE(may_change_role(standing(v1::ROLE_AGENT), v1::ROLE_HEAD, 1).ok());
}

TEST(Capabilities, SayWhatTheServerWouldAnswer) {
  v1::User user;
  user.set_id("somebody");
  user.set_role(v1::ROLE_AGENT);
  user.set_status(v1::USER_STATUS_BLOCKED);

  add_capabilities(user, "admin", 1);

  EXPECT_EQ(reason_of(user, "block"), "user_already_blocked");
  EXPECT_EQ(reason_of(user, "invite"), "user_blocked");
  EXPECT_EQ(reason_of(user, "unblock"), "");
}

TEST(Colleague, SeesNoMoreThanNameRoleAndStatus) {
  v1::User user;
  user.set_id("somebody");
  user.set_full_name("Марина Котова");
  user.set_email("marina.kotova@meridian.example");
  user.set_role(v1::ROLE_AGENT);
  user.set_status(v1::USER_STATUS_ACTIVE);
  user.set_version(4);

  v1::User expected;
  expected.set_id("somebody");
  expected.set_full_name("Марина Котова");
  expected.set_role(v1::ROLE_AGENT);
  expected.set_status(v1::USER_STATUS_ACTIVE);
  EXPECT_EQ(colleague(user).SerializeAsString(), expected.SerializeAsString());
}

TEST(Preferences, EmptyReturnsToTheDefault) {
  v1::Preferences chosen = default_preferences();
  chosen.set_theme("dark");
  v1::UpdatePreferencesRequest request;
  request.mutable_update_mask()->add_paths("theme");

  EXPECT_EQ(patch(chosen, request)->theme(), "system");
}

TEST(Preferences, UnknownFieldsAndValuesAreNamed) {
  v1::UpdatePreferencesRequest request;
  request.mutable_update_mask()->add_paths("version");
  EXPECT_EQ(patch(default_preferences(), request).error().fields.at(0).field, "version");

  request.mutable_update_mask()->set_paths(0, "density");
  request.set_density("huge");
  EXPECT_EQ(patch(default_preferences(), request).error().fields.at(0).code, "unknown_value");
}

}  // namespace
}  // namespace bordero::auth
