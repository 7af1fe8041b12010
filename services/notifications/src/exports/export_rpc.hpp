#pragma once

#include <tuple>

#include "platform/redis/client.hpp"
#include "platform/rpc/peers.hpp"
#include "services/notifications/src/jobs/job_store.hpp"

namespace bordero::notifications {

// What exports add to the rpcs of every job: how they begin, and their files.
class ExportRpc {
 public:
  ExportRpc(pg::Database& db, redis::Client& redis, rpc::Peers& peers)
      : db_(db), redis_(redis), peers_(peers) {}
  awaitable<Result<common::v1::Job>> start_export(Context& ctx,
                                                  const v1::StartExportRequest& request);
  awaitable<Result<common::v1::LongFile>> get_file(Context& ctx,
                                                   const v1::GetJobFileRequest& request);
  // Adds whether the file may be had.
  awaitable<void> show(Context& ctx, std::vector<jobs::StoredJob>& jobs);

  // The rpcs of the contract that it answers.
  static auto handlers() { return std::tuple(&ExportRpc::start_export, &ExportRpc::get_file); }

 private:
  pg::Database& db_;
  redis::Client& redis_;
  rpc::Peers& peers_;
  const jobs::Declaration service_ = job_declaration({});
};

}  // namespace bordero::notifications
