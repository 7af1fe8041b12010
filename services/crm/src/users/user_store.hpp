#pragma once

#include "platform/pg/database.hpp"
#include "services/crm/src/users/user.hpp"

namespace bordero::crm {

// invalid_field(field, "user_not_found") when there is none.
awaitable<Result<User>> find_user(pg::Transaction& tx, Id<User> id, const char* field);

}  // namespace bordero::crm
