#pragma once

#include "platform/redis/client.hpp"
#include "platform/rpc/peers.hpp"
#include "services/notifications/src/jobs/job_store.hpp"

namespace bordero::notifications {

class JobRpc {
 public:
  JobRpc(pg::Database& db, redis::Client& redis, rpc::Peers& peers)
      : db_(db), redis_(redis), peers_(peers) {}
  awaitable<Result<v1::Job>> start_export(Context& ctx, const v1::StartExportRequest& request);
  awaitable<Result<v1::ListJobsReply>> list(Context& ctx, const v1::ListJobsRequest& request);
  awaitable<Result<v1::Job>> get(Context& ctx, const v1::GetJobRequest& request);
  awaitable<Result<v1::Job>> cancel(Context& ctx, const v1::CancelJobRequest& request);
  awaitable<Result<common::v1::LongFile>> get_file(Context& ctx,
                                                   const v1::GetJobFileRequest& request);

 private:
  pg::Database& db_;
  redis::Client& redis_;
  rpc::Peers& peers_;
};

}  // namespace bordero::notifications
