#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "platform/base/async.hpp"
#include "platform/pg/database.hpp"
#include "services/auth/src/passwords/hasher.hpp"
#include "services/auth/src/users/user.hpp"

namespace bordero::auth {

// A user with what never leaves this service.
struct Account {
  v1::User user;
  std::int64_t epoch = 0;
  std::optional<PasswordHash> password;  // None before the invitation is used.

  UserId id() const;
};

awaitable<std::optional<Account>> find_account_by_email(pg::Transaction& tx, std::string email);
awaitable<std::optional<Account>> find_account(pg::Transaction& tx, UserId id);
// Reads for change and holds the row until the transaction ends.
awaitable<std::optional<Account>> lock_account(pg::Transaction& tx, UserId id);
// The users of these ids and every active admin, held in the order of their ids, so that two admins
// who change each other wait instead of deadlocking, and one of them stays.
awaitable<std::vector<Account>> lock_with_admins(pg::Transaction& tx, std::vector<std::string> ids);

void insert_user(pg::Transaction& tx, const v1::User& user);
void save_password(pg::Transaction& tx, UserId id, const PasswordHash& password);
void save_signed_in(pg::Transaction& tx, UserId id);
// Each returns the user as it is afterwards, one version on.
awaitable<v1::User> save_profile(pg::Transaction& tx, const v1::User& user);
awaitable<v1::User> save_status(pg::Transaction& tx, UserId id, v1::UserStatus status,
                                std::string reason);
// Ends every session that was opened so far; returns the new epoch.
awaitable<std::int64_t> raise_epoch(pg::Transaction& tx, UserId id);

awaitable<int> count_active_admins(pg::Transaction& tx);
// At most 1,000 by id, for the copies of other services.
awaitable<std::vector<v1::User>> list_after(pg::Transaction& tx, std::optional<UserId> after);

}  // namespace bordero::auth
