#pragma once

#include "platform/pg/database.hpp"

namespace bordero::tasks {

inline constexpr const char* kContinueSeries = "continue_series";
// Makes the next tasks of some series that go by their dates and whose day has come; true when
// there may be more.
awaitable<Result<bool>> continue_series(pg::Database& db);

}  // namespace bordero::tasks
