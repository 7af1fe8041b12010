#pragma once

#include <tuple>

#include "services/tasks/src/tasks/deal_desk.hpp"
#include "services/tasks/src/tasks/task_store.hpp"

namespace bordero::tasks {

class TaskRpc {
 public:
  TaskRpc(pg::Database& db, redis::Client& redis, rpc::Peers& peers)
      : db_(db), redis_(redis), desk_(db, redis, peers) {}

  awaitable<Result<v1::ListTasksReply>> list_tasks(Context& ctx,
                                                   const v1::ListTasksRequest& request);
  awaitable<Result<v1::Task>> get_task(Context& ctx, const v1::GetTaskRequest& request);
  awaitable<Result<v1::Task>> create_task(Context& ctx, const v1::CreateTaskRequest& request);
  awaitable<Result<v1::Task>> update_task(Context& ctx, const v1::UpdateTaskRequest& request);
  awaitable<Result<v1::Task>> transition_task(Context& ctx,
                                              const v1::TransitionTaskRequest& request);
  awaitable<Result<v1::ListTaskHistoryReply>> list_history(
      Context& ctx, const v1::ListTaskHistoryRequest& request);
  awaitable<Result<common::v1::CheckAccessReply>> check_access(
      Context& ctx, const common::v1::CheckAccessRequest& request);
  // Whether the caller may see the task of a kept answer still.
  awaitable<Result<void>> still_visible(Context& ctx, const std::string& task_id);

  // The rpcs of the contract that it answers.
  static auto handlers() {
    return std::tuple(&TaskRpc::list_tasks, &TaskRpc::get_task, &TaskRpc::create_task,
                      &TaskRpc::update_task, &TaskRpc::transition_task, &TaskRpc::list_history,
                      &TaskRpc::check_access);
  }

 private:
  awaitable<Result<StoredTask>> seen_task(Context& ctx, pg::Transaction& tx,
                                          const std::string& task_id);
  awaitable<Result<StoredTask>> own_to_change(Context& ctx, pg::Transaction& tx,
                                              const std::string& task_id, int version);

  pg::Database& db_;
  redis::Client& redis_;
  DealDesk desk_;
};

}  // namespace bordero::tasks
