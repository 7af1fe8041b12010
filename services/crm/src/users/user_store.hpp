#pragma once

#include <optional>
#include <vector>

#include "bordero/auth/v1/users.pb.h"
#include "platform/pg/database.hpp"
#include "services/crm/src/users/user.hpp"

namespace bordero::crm {

awaitable<Result<User>> find_user(pg::Transaction& tx, Id<User> id, const char* field);
// Those of the ids that are active users, with their roles.
awaitable<std::vector<User>> list_active_users(pg::Transaction& tx,
                                               const std::vector<std::string>& ids);
// Takes a newer version of a user into the copy; false when ours is as new.
awaitable<bool> keep_user(pg::Transaction& tx, const auth::v1::User& user);
awaitable<bool> has_users(pg::Transaction& tx);

}  // namespace bordero::crm
