#pragma once

#include "platform/pg/database.hpp"
#include "platform/redis/client.hpp"

namespace bordero::crm {

inline constexpr const char* kHandOver = "hand_over_deals";
// Hands some deals of a blocked user over; false when nothing waits. Leads pass to the successor,
// or to who blocked, or to an admin; every other function just ends.
awaitable<Result<bool>> hand_over_some(pg::Database& db, redis::Client& redis);

}  // namespace bordero::crm
