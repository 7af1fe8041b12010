#pragma once

#include <map>
#include <tuple>

#include "services/tasks/src/tasks/deal_desk.hpp"
#include "services/tasks/src/tasks/task_store.hpp"

namespace bordero::tasks {

// The same change of many tasks, in one transaction; each answers for itself.
class BatchRpc {
 public:
  BatchRpc(pg::Database& db, redis::Client& redis) : db_(db), redis_(redis) {}

  awaitable<Result<v1::BatchTasksReply>> batch_tasks(Context& ctx,
                                                     const v1::BatchTasksRequest& request);

  // The rpcs of the contract that it answers.
  static auto handlers() { return std::tuple(&BatchRpc::batch_tasks); }

 private:
  struct Wanted;
  awaitable<Result<v1::Task>> decide(const Context& ctx, pg::Transaction& tx,
                                     const v1::BatchTasksRequest& request,
                                     const v1::BatchItem& item, const Wanted& wanted);
  awaitable<Result<Wanted>> wanted_of(Context& ctx, pg::Transaction& tx,
                                      const v1::BatchTasksRequest& request);

  pg::Database& db_;
  redis::Client& redis_;
};

}  // namespace bordero::tasks
