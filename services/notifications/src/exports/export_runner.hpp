#pragma once

#include <boost/asio/thread_pool.hpp>

#include "platform/redis/client.hpp"
#include "platform/rpc/peers.hpp"
#include "services/notifications/src/jobs/job_store.hpp"

namespace bordero::notifications {

// Makes the files of exports: reads the list page by page as the user who asked, and keeps the file
// in parts. A job whose worker dies is taken up by another after a minute, from its beginning;
// only the newest attempt may write, so there is one file at most.
class ExportRunner {
 public:
  ExportRunner(pg::Database& db, redis::Client& redis, rpc::Peers& peers, asio::thread_pool& pool,
               std::vector<std::string> channels)
      : db_(db), redis_(redis), peers_(peers), pool_(pool), channels_(std::move(channels)) {}

  // Takes up the next job, if there is one, and works on it to its end.
  awaitable<Result<bool>> run_next();

 private:
  awaitable<Result<void>> settle(TakenJob& job, const Error& failed);

  pg::Database& db_;
  redis::Client& redis_;
  rpc::Peers& peers_;
  asio::thread_pool& pool_;
  std::vector<std::string> channels_;  // That its owner is told by.
};

}  // namespace bordero::notifications
