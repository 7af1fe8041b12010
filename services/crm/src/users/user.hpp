#pragma once

#include <string>
#include <vector>

#include "bordero/crm/v1/deals.pb.h"
#include "platform/projection/users.hpp"

namespace bordero::crm {

using User = projection::User;

// Whether a user may take a function in a deal: a lead is an agent or admin, an executor an agent
// or executor, a finance controller from finance.
Result<void> may_take(const User& user, v1::MemberFunction function);
// Whether a user may own clients: agents and admins.
Result<void> may_own(const User& user);
// Roles that see every deal and client, and hear of every event.
bool sees_all(Role role);
const std::vector<std::string>& roles_that_see_all();

}  // namespace bordero::crm
