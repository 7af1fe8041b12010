#pragma once

#include "services/tasks/src/tasks/task_store.hpp"

namespace bordero::tasks {

// One change that many tasks are to have; just one of them is asked for.
Result<void> check_batch(const v1::BatchTasksRequest& request);
// The task with the change, when the caller may make it.
Result<v1::Task> with_change(const StoredTask& stored, const v1::BatchTasksRequest& request,
                             const Caller& caller, Date today);
// The task with the assignee, dates and priority that it had before a batch.
Result<v1::Task> with_return(const StoredTask& stored, const v1::Task& before,
                             const Caller& caller);

}  // namespace bordero::tasks
