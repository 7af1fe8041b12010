#pragma once

#include "bordero/tasks/v1/reminders.pb.h"
#include "platform/pg/database.hpp"

namespace bordero::tasks {

// Counts for people's morning summaries; asked by Notifications alone.
class DueTasksRpc {
 public:
  explicit DueTasksRpc(pg::Database& db) : db_(db) {}
  awaitable<Result<v1::CountDueTasksReply>> count(Context& ctx,
                                                  const v1::CountDueTasksRequest& request);

 private:
  pg::Database& db_;
};

}  // namespace bordero::tasks
