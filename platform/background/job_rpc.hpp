#pragma once

#include <tuple>

#include "bordero/common/v1/background.pb.h"
#include "platform/pg/database.hpp"

namespace bordero::background {

// How a service's jobs go. The service declares the joined route GET /api/v1/background_jobs and
// adds list as its handler.
class JobRpc {
 public:
  JobRpc(pg::Database& db, const char* service) : db_(db), service_(service) {}

  awaitable<Result<common::v1::ListBackgroundJobsReply>> list(
      Context& ctx, const common::v1::ListBackgroundJobsRequest& request);

  // The rpcs of the contract that it answers.
  static auto handlers() { return std::tuple(&JobRpc::list); }

 private:
  pg::Database& db_;
  const char* service_;
};

}  // namespace bordero::background
