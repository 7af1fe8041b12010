#pragma once

#include "platform/pg/database.hpp"

namespace bordero::tasks {

// Reminds the assignees of tasks that are due at a time, as many minutes before as each asks for;
// each once, and what a stopped system missed up to a week late. How many were told.
awaitable<Result<int>> remind_by_the_minute(pg::Database& db);

}  // namespace bordero::tasks
