#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bordero/auth/v1/users.pb.h"
#include "platform/base/context.hpp"
#include "platform/base/uuid.hpp"
#include "platform/mq/mq.hpp"
#include "platform/rpc/peers.hpp"

// Copies of other services' records, kept by their events in tables of the service that needs them
// (users.sql, deals.sql: linked into its migrations).
namespace bordero::projection {

// A colleague, as the copy knows them.
struct User {
  Id<User> id;
  std::string full_name;
  Role role = Role::none;
  bool active = false;
};

awaitable<std::optional<User>> find_user(pg::Transaction& tx, Id<User> id);
// Those of the ids that are active.
awaitable<std::vector<User>> list_active_users(pg::Transaction& tx,
                                               const std::vector<std::string>& ids);

// Takes a newer version of a user; false when ours is as new.
awaitable<bool> keep_user(pg::Transaction& tx, const auth::v1::User& user);
// The user after the change that an auth.user.* or auth.role.changed event tells.
Result<auth::v1::User> user_in(const mq::Event& event);
// Follows all of these events.
void follow_users(mq::Consumer& consumer);
// Takes all users from Auth; what is newer here stays. For starts, when events from before the
// service existed are not coming any more.
awaitable<Result<void>> import_users(pg::Database& db, rpc::Peers& peers, const char* service);

}  // namespace bordero::projection
