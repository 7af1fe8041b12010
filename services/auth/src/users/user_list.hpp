#pragma once

#include "bordero/auth/v1/users.pb.h"
#include "platform/base/async.hpp"
#include "platform/base/context.hpp"
#include "platform/base/result.hpp"
#include "platform/pg/database.hpp"

namespace bordero::auth {

// A page of colleagues. Admins see and search everything; everybody else finds active people by
// what they may see of them, so that neither filter nor order gives away the rest.
awaitable<Result<v1::ListUsersReply>> list_users(pg::Transaction& tx, const Caller& caller,
                                                 const v1::ListUsersRequest& request);

}  // namespace bordero::auth
