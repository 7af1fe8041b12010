#pragma once

#include "platform/policy/policy.hpp"
#include "services/tasks/src/tasks/task_store.hpp"

namespace bordero::tasks {

// Not found, or forbidden, or nothing: the table of rights about one task.
Result<void> may_touch(const Caller& caller, const char* action, const StoredTask& stored);
// The task for this caller: what they may do with it, and where it may go.
v1::Task shown(const StoredTask& stored, const Caller& caller);

}  // namespace bordero::tasks
