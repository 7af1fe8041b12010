#pragma once

#include "platform/pg/database.hpp"

namespace bordero::notifications {

inline constexpr const char* kComeBack = "come_back";
// Shows again what was put away until now and tells its owner; true when there may be more.
awaitable<Result<bool>> come_back(pg::Database& db);

}  // namespace bordero::notifications
