#pragma once

#include "platform/pg/database.hpp"

namespace bordero::tasks {

// Makes the next tasks of series that go by their dates: each on the day that it is due. How many.
awaitable<Result<int>> continue_series(pg::Database& db);

}  // namespace bordero::tasks
