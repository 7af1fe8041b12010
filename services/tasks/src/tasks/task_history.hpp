#pragma once

#include <string>
#include <vector>

#include "platform/lists/list_query.hpp"
#include "services/tasks/src/tasks/task_store.hpp"

namespace bordero::tasks {

// Queued lines of a task's history, in the transaction of the change.
void write_created(pg::Transaction& tx, const Context& ctx, const v1::Task& task);
void write_assigned(pg::Transaction& tx, const Context& ctx, const v1::Task& before,
                    const v1::Task& after);
void write_moved(pg::Transaction& tx, const Context& ctx, const v1::Task& before,
                 const v1::Task& after, const std::string& comment);
void write_updated(pg::Transaction& tx, const Context& ctx, const v1::Task& before,
                   const v1::Task& after, const std::vector<std::string>& fields);

awaitable<Result<v1::ListTaskHistoryReply>> list_history(pg::Transaction& tx,
                                                         const v1::ListTaskHistoryRequest& request);

}  // namespace bordero::tasks
