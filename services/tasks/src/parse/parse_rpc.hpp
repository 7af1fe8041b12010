#pragma once

#include <tuple>

#include "bordero/tasks/v1/tasks.pb.h"
#include "platform/base/context.hpp"
#include "platform/pg/database.hpp"

namespace bordero::tasks {

// Reads one typed line for the caller: whom and which of their deals it names.
class ParseRpc {
 public:
  explicit ParseRpc(pg::Database& db) : db_(db) {}
  awaitable<Result<v1::ParsedTask>> parse_task(Context& ctx, const v1::ParseTaskRequest& request);

  // The rpcs of the contract that it answers.
  static auto handlers() { return std::tuple(&ParseRpc::parse_task); }

 private:
  pg::Database& db_;
};

}  // namespace bordero::tasks
