#pragma once

#include "platform/base/async.hpp"
#include "platform/pg/database.hpp"

namespace bordero::crm {

inline constexpr const char* kExpireCalculations = "expire_calculations";
// Ends some drafts and ready quotes the day after their valid_until. True when there may be more.
awaitable<Result<bool>> expire_some(pg::Database& db);

}  // namespace bordero::crm
