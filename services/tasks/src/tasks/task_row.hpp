#pragma once

#include "services/tasks/src/tasks/task_store.hpp"

namespace bordero::tasks {

// What a stored task is read from: columns over `tasks t` and these joins.
extern const char* const kTaskColumns;
extern const char* const kTaskJoins;
StoredTask stored_of(const pg::Row& row);

}  // namespace bordero::tasks
