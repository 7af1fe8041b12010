#pragma once

#include <optional>
#include <string>

#include "platform/base/async.hpp"
#include "platform/pg/database.hpp"
#include "services/auth/src/config.hpp"
#include "services/auth/src/users/user.hpp"

namespace bordero::auth {

struct NewInvitation {
  std::string token;  // Leaves in the link and is not kept.
  std::string expires_at;
};

// Ends the user's older link.
awaitable<NewInvitation> make_invitation(pg::Transaction& tx, UserId user_id, const Config& config);
awaitable<std::optional<UserId>> find_invitation(pg::Transaction& tx, std::string token_hash);
// Uses it up; false when it is not there any more.
awaitable<bool> take_invitation(pg::Transaction& tx, std::string token_hash);
void delete_invitations(pg::Transaction& tx, UserId user_id);
void delete_expired_invitations(pg::Transaction& tx);

// The token sits in the fragment, which browsers send to nobody.
std::string invitation_link(const Config& config, const std::string& token);

}  // namespace bordero::auth
