#pragma once

#include <string>
#include <vector>

#include "platform/pg/database.hpp"
#include "services/tasks/src/tasks/task_store.hpp"

namespace bordero::tasks {

// One page of what the caller may see. `left` are deals that they left a moment ago.
awaitable<Result<v1::ListTasksReply>> list_page_of_tasks(pg::Transaction& tx, const Caller& caller,
                                                         const v1::ListTasksRequest& request,
                                                         const std::vector<std::string>& left);

}  // namespace bordero::tasks
