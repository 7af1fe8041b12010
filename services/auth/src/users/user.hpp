#pragma once

#include <optional>
#include <string>

#include "bordero/auth/v1/users.pb.h"
#include "platform/base/context.hpp"
#include "platform/base/result.hpp"
#include "platform/base/uuid.hpp"

namespace bordero::auth {

using UserId = Id<v1::User>;

// The contract's roles and the platform's have the same numbers.
Role role_of(v1::Role role);
v1::Role role_of(Role role);

// What the rules about changing somebody's account need to know.
struct Standing {
  std::string id;
  v1::Role role = v1::ROLE_UNSPECIFIED;
  v1::UserStatus status = v1::USER_STATUS_UNSPECIFIED;
};
Standing standing_of(const v1::User& user);

// Whether this admin may block the user now. `active_admins` counts those who can sign in.
Result<void> may_block(const Standing& user, const std::string& admin_id, int active_admins);
// Whether the user may get this role: an agency keeps an admin.
Result<void> may_change_role(const Standing& user, v1::Role role, int active_admins);
Result<void> may_invite(const Standing& user);
// Deals go to somebody who may lead them; nobody named means the admin who blocks.
Result<void> may_succeed(const Standing& user, const std::optional<Standing>& successor);

// Fills `can` with what this admin may do with the user.
void add_capabilities(v1::User& user, const std::string& admin_id, int active_admins);
// What everybody sees of a colleague.
v1::User colleague(const v1::User& user);

}  // namespace bordero::auth
