#pragma once

#include <memory>

#include "platform/base/job.hpp"
#include "platform/jobs/job_store.hpp"
#include "platform/jobs/schedule.hpp"

namespace bordero::jobs {

struct Schedule {
  std::string name;
  Rule rule;
  std::string kind;            // Of the job that it makes, as the system.
  std::string request = "{}";  // JSON.
};

// Makes the jobs that come due: of several processes one at a time, each due time once. What came
// due while nobody was there is made up for by one job; what was due before a schedule was known,
// or had another rule, is not.
class Scheduler {
 public:
  Scheduler(pg::Database& db, Declaration service, std::vector<Kind> kinds,
            std::vector<Schedule> schedules);
  // How many jobs it made; none when another process is at it.
  awaitable<Result<int>> run();

 private:
  awaitable<Result<bool>> run_one(const Schedule& schedule);

  pg::Database& db_;
  const Declaration service_;
  const std::vector<Kind> kinds_;
  const std::vector<Schedule> schedules_;
  std::map<std::string, Instant> seen_to_;  // The last due time of each, to ask nothing twice.
};

}  // namespace bordero::jobs
