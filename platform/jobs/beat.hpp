#pragma once

#include <boost/asio/any_io_executor.hpp>

#include "platform/jobs/taken.hpp"

namespace bordero::jobs {

// Says that the worker lives, while a step works without writing: until it is destroyed, or the
// step has taken longer than it may.
class Beat {
 public:
  Beat(asio::any_io_executor executor, pg::Database& db, const Taken& job, Lease lease,
       std::chrono::milliseconds limit);
  ~Beat();
  Beat(const Beat&) = delete;
  Beat& operator=(const Beat&) = delete;

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace bordero::jobs
