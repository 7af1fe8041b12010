#pragma once

#include <tuple>

#include "platform/jobs/job_store.hpp"

namespace bordero::jobs {

// What a person sees of their jobs. The service declares the joined routes of /api/v1/jobs and adds
// these as their handlers.
class JobRpc {
 public:
  // Adds what the service alone knows to jobs that are shown, their capabilities above all.
  using Show = std::function<awaitable<void>(Context&, std::vector<StoredJob>&)>;

  JobRpc(pg::Database& db, Declaration service, Show show = nullptr);

  awaitable<Result<common::v1::ListJobsReply>> list(Context& ctx,
                                                    const common::v1::ListJobsRequest& request);
  awaitable<Result<Job>> get(Context& ctx, const common::v1::GetJobRequest& request);
  awaitable<Result<Job>> cancel(Context& ctx, const common::v1::CancelJobRequest& request);

  // The rpcs of the contract that it answers.
  static auto handlers() { return std::tuple(&JobRpc::list, &JobRpc::get, &JobRpc::cancel); }

 private:
  awaitable<Result<Job>> shown(Context& ctx, StoredJob job);

  pg::Database& db_;
  const Declaration service_;
  const lists::Spec spec_;
  Show show_;
};

}  // namespace bordero::jobs
