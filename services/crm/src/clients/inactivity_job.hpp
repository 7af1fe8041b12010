#pragma once

#include "platform/pg/database.hpp"

namespace bordero::crm {

inline constexpr const char* kRetireClients = "client_without_policies";
// One step of the clock: looks at some policies that ended two years ago, and makes the clients who
// have had none in force since inactive. Each policy is looked at once: a later one of the same
// client asks again when its own time comes. True when there may be more.
awaitable<Result<bool>> retire_clients(pg::Database& db);

}  // namespace bordero::crm
