#pragma once

#include <optional>
#include <string>
#include <vector>

#include "platform/base/uuid.hpp"
#include "platform/mq/mq.hpp"
#include "services/notifications/src/jobs/job.hpp"

namespace bordero::notifications {

using JobId = Id<v1::Job>;

// The columns of `j` that fill a v1::Job, and those of its rights.
extern const char* const kJobColumns;
extern const char* const kJobRights;

struct StoredJob {
  v1::Job view;
  JobRights rights;
};
StoredJob stored_job(const pg::Row& row);  // Of both.
// Somebody's own job: others' are not found.
awaitable<Result<StoredJob>> find_job(pg::Transaction& tx, const Caller& caller, JobId id);
awaitable<Result<StoredJob>> lock_job(pg::Transaction& tx, const Caller& caller, JobId id);
// Waiting and running ones; a second request of the same person waits for the end of this one.
awaitable<int> count_open_jobs(pg::Transaction& tx, const Caller& caller);
void insert_job(pg::Transaction& tx, const Caller& caller, const v1::Job& job,
                const v1::StartExportRequest& request);
void save_cancelled(pg::Transaction& tx, JobId id);
awaitable<v1::Job> view_job(pg::Transaction& tx, JobId id);
// The part of a file that begins at `offset`; nothing where no part begins.
awaitable<std::optional<std::string>> find_part(pg::Transaction& tx, JobId id, std::int64_t offset);

// A job taken up: only who holds the newest attempt may write to it.
struct TakenJob {
  v1::Job view;
  v1::StartExportRequest request;
  Caller caller;
  int attempt = 0;
};
// The oldest job whose owner has no other running, or whose worker has not been heard of.
awaitable<std::optional<TakenJob>> take_job(pg::Transaction& tx, Instant now, Instant lease_until);
// Each is false when the job has been cancelled, or taken by somebody else.
awaitable<bool> save_left_deals(pg::Transaction& tx, const TakenJob& job,
                                const std::vector<std::string>& left);
awaitable<bool> save_progress(pg::Transaction& tx, const TakenJob& job, Instant lease_until,
                              bool told);
awaitable<bool> save_part(pg::Transaction& tx, const TakenJob& job, int number, std::string data);
awaitable<bool> save_done(pg::Transaction& tx, const TakenJob& job, const std::string& file_name,
                          std::int64_t file_size);
awaitable<bool> save_failed(pg::Transaction& tx, const TakenJob& job, const std::string& error);
// Gives it back, to be taken up again after a pause.
awaitable<bool> give_back(pg::Transaction& tx, const TakenJob& job, Instant again_at);

// Forgets jobs whose time is over; how many.
awaitable<int> forget_jobs(pg::Transaction& tx, int limit);
// Forgets who left which deal before any job that is kept.
void forget_left_deals(pg::Transaction& tx);
struct JobCounts {
  int queued = 0;
  int running = 0;
};
awaitable<JobCounts> count_jobs(pg::Transaction& tx);

// Events about a job are for its owner alone.
mq::About about_job(const v1::Job& job);

}  // namespace bordero::notifications
