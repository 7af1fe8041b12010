#include "services/auth/src/users/user.hpp"

namespace bordero::auth {
namespace {

bool last_admin(const Standing& user, int active_admins) {
  return user.role == v1::ROLE_ADMIN && user.status == v1::USER_STATUS_ACTIVE && active_admins <= 1;
}

void add(v1::User& user, const char* action, const Result<void>& may) {
  auto* capability = user.add_can();
  capability->set_action(action);
  capability->set_allowed(may.ok());
  if (!may) capability->set_reason(may.error().reason);
}

}  // namespace

Role role_of(v1::Role role) { return static_cast<Role>(role); }

v1::Role role_of(Role role) { return static_cast<v1::Role>(role); }

Standing standing_of(const v1::User& user) {
  return {.id = user.id(), .role = user.role(), .status = user.status()};
}

Result<void> may_block(const Standing& user, const std::string& admin_id, int active_admins) {
  if (user.status == v1::USER_STATUS_BLOCKED) return refused("user_already_blocked");
  if (user.id == admin_id) return refused("cannot_block_oneself");
  if (last_admin(user, active_admins)) return refused("last_active_admin");
  return {};
}

Result<void> may_change_role(const Standing& user, v1::Role role, int active_admins) {
  if (role != v1::ROLE_ADMIN && last_admin(user, active_admins)) {
    return refused("last_active_admin");
  }
  return {};
}

Result<void> may_invite(const Standing& user) {
  if (user.status == v1::USER_STATUS_BLOCKED) return refused("user_blocked");
  if (user.status != v1::USER_STATUS_INVITED) return refused("user_already_active");
  return {};
}

Result<void> may_succeed(const Standing& user, const std::optional<Standing>& successor) {
  if (!successor) return refused("successor_not_found");
  if (successor->id == user.id) return refused("successor_is_the_user");
  const bool leads = successor->role == v1::ROLE_AGENT || successor->role == v1::ROLE_ADMIN;
  if (!leads) return refused("successor_cannot_lead", {"agent", "admin"});
  if (successor->status != v1::USER_STATUS_ACTIVE) return refused("successor_not_active");
  return {};
}

void add_capabilities(v1::User& user, const std::string& admin_id, int active_admins) {
  const Standing standing = standing_of(user);
  const bool blocked = standing.status == v1::USER_STATUS_BLOCKED;
  add(user, "update", {});
  add(user, "change_role", may_change_role(standing, v1::ROLE_UNSPECIFIED, active_admins));
  add(user, "invite", may_invite(standing));
  add(user, "block", may_block(standing, admin_id, active_admins));
  add(user, "unblock", blocked ? Result<void>() : refused("user_not_blocked"));
}

v1::User colleague(const v1::User& user) {
  v1::User seen;
  seen.set_id(user.id());
  seen.set_full_name(user.full_name());
  seen.set_role(user.role());
  seen.set_status(user.status());
  return seen;
}

}  // namespace bordero::auth
