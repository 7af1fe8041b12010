#pragma once

#include <memory>

#include "platform/base/job.hpp"
#include "platform/jobs/scheduler.hpp"
#include "platform/jobs/work.hpp"

namespace bordero::jobs {

// Does the jobs of a service: a few workers in each process, of which the first leaves work that
// nobody waits for to the others. Makes those that come due, forgets and counts them, too.
class Workers {
 public:
  struct Settings {
    int workers = 2;
    std::chrono::milliseconds look = std::chrono::milliseconds(500);  // For what waits.
    Timing timing = {};
  };
  Workers(const asio::any_io_executor& executor, pg::Database& db, rpc::Peers& peers,
          Declaration service, std::vector<Kind> kinds, Settings settings,
          std::vector<Schedule> schedules = {});
  ~Workers();
  void start();
  // What is under way is given back at the end of its batch, for another process to go on.
  void stop();

  // Takes up the next job, if there is one, and works on it to its end.
  awaitable<Result<bool>> run_next(Priority lowest = Priority::batch);

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace bordero::jobs
