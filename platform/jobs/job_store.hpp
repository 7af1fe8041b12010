#pragma once

#include <optional>
#include <string>
#include <vector>

#include "platform/jobs/job.hpp"
#include "platform/mq/mq.hpp"

// All SQL that touches `jobs`.
namespace bordero::jobs {

// A job as its owner sees it, with the row for what else the service put into `columns`.
struct StoredJob {
  Job view;
  pg::Row row;
};
std::string columns_of(const Declaration& service);  // Of `j`, that fill a Job.

// Nothing when one with this unique key was made before.
awaitable<std::optional<JobId>> insert_job(pg::Transaction& tx, const Declaration& service,
                                           const Kind& kind, const NewJob& made);
// Tells that it was made; when the service's own columns have been filled.
awaitable<Job> tell_started(pg::Transaction& tx, Context& ctx, const Declaration& service,
                            JobId id);
// Refuses the `most`-th open job of one person; a second request waits for the end of the first.
awaitable<Result<void>> may_start(pg::Transaction& tx, const Caller& caller, int most);

awaitable<Job> view_job(pg::Transaction& tx, const Declaration& service, JobId id);
// Somebody's own job: others' are not found.
awaitable<Result<StoredJob>> find_job(pg::Transaction& tx, const Declaration& service,
                                      const Caller& caller, JobId id);
awaitable<Result<StoredJob>> lock_job(pg::Transaction& tx, const Declaration& service,
                                      const Caller& caller, JobId id);
// Ends it at once where nothing has to be undone; else asks its worker to.
void save_cancelled(pg::Transaction& tx, const Declaration& service, JobId id);

// Forgets jobs whose time is over; how many.
awaitable<int> forget_jobs(pg::Transaction& tx, int limit);
struct JobCounts {
  int queued = 0;
  int running = 0;
};
awaitable<JobCounts> count_jobs(pg::Transaction& tx);

// Events about a job are for its owner alone.
mq::About about_job(const Job& job);

}  // namespace bordero::jobs
