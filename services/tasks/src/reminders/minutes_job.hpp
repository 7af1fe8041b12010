#pragma once

#include "platform/pg/database.hpp"

namespace bordero::tasks {

// Reminds the assignees of tasks that are due at a time, as many minutes before as each asks for;
// each once, and what a stopped system missed up to a week late. True when there may be more.
inline constexpr const char* kRemindByTheMinute = "task_due_by_the_minute";
awaitable<Result<bool>> remind_by_the_minute(pg::Database& db);

}  // namespace bordero::tasks
