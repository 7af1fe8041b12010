#include "platform/jobs/taken.hpp"

namespace bordero::jobs {
namespace {

double seconds_of(std::chrono::milliseconds time) {
  return std::chrono::duration<double>(time).count();
}

// Taken again once the lease is over: whoever had it has died, or gave it back for a while.
constexpr const char* kTakeable = R"sql(
         w.kind = ANY ($1::text[]) AND w.priority <= $2 AND
         (w.status = 'queued' OR
          (w.status IN ('running', 'undoing') AND w.lease_until <= clock_timestamp())) AND
         NOT EXISTS (SELECT FROM jobs r
                      WHERE r.user_id = w.user_id AND r.status IN ('running', 'undoing') AND
                            r.id <> w.id))sql";

Taken taken_of(const pg::Row& row) {
  Taken job{.id = row.get<JobId>("id"),
            .kind = row.get<std::string>("kind"),
            .caller = system_caller(row.get<std::string>("kind")),
            .request = row.get<std::string>("request"),
            .state = row.get<std::string>("state"),
            .step = row.get<int>("steps_done"),
            .attempt = row.get<int>("attempt"),
            .tries = row.get<int>("tries"),
            .undoing = row.get<std::string>("status") == "undoing",
            .cancel_asked = row.get<bool>("cancel_asked"),
            .view = row.to<Job>()};
  if (job.view.user_id().empty()) return job;
  job.caller = {.user_id = job.view.user_id(),
                .role = role_from_name(row.text("role")),
                .session_id = std::string(row.text("session_id")),
                .epoch = row.get<std::int64_t>("epoch")};
  return job;
}

}  // namespace

awaitable<std::optional<Taken>> take_job(pg::Transaction& tx, const Declaration& service,
                                         const std::vector<std::string>& kinds, Priority lowest,
                                         Lease lease) {
  // One at a time: two workers must not take two jobs of one person.
  tx.execute("SELECT pg_advisory_xact_lock(hashtextextended('jobs.take', 0))");
  const std::string sql = std::string(R"sql(
      WITH next AS (
        SELECT w.id
          FROM jobs w
         WHERE )sql") + kTakeable +
                          R"sql(
         ORDER BY w.priority, w.created_at, w.id
         LIMIT 1
           FOR UPDATE SKIP LOCKED)
      UPDATE jobs j
         SET status = CASE j.status WHEN 'undoing' THEN 'undoing' ELSE 'running' END,
             attempt = j.attempt + 1, tries = j.tries + 1,
             lease_until = clock_timestamp() + make_interval(secs => $3),
             started_at = coalesce(j.started_at, $4)
        FROM next
       WHERE j.id = next.id
   RETURNING j.role, j.epoch, j.session_id, j.attempt, j.tries, j.request, j.state, j.cancel_asked,
             )sql" + columns_of(service);
  const auto row =
      co_await tx.find_one(sql, kinds, static_cast<int>(lowest), seconds_of(lease), clock::now());
  if (!row) co_return std::nullopt;
  co_return taken_of(*row);
}

awaitable<bool> any_to_take(pg::Transaction& tx, const std::vector<std::string>& kinds,
                            Priority lowest) {
  const std::string sql =
      std::string("SELECT EXISTS (SELECT FROM jobs w WHERE ") + kTakeable + ") AS any";
  const auto row = co_await tx.find_one(sql, kinds, static_cast<int>(lowest));
  co_return row->get<bool>("any");
}

awaitable<std::optional<Held>> hold(pg::Transaction& tx, const Taken& job) {
  const auto row = co_await tx.find_one(R"sql(
      SELECT cancel_asked
        FROM jobs
       WHERE id = $1 AND attempt = $2 AND status IN ('running', 'undoing')
         FOR UPDATE)sql",
                                        job.id, job.attempt);
  if (!row) co_return std::nullopt;
  co_return Held{.cancel_asked = row->get<bool>("cancel_asked")};
}

void save_place(pg::Transaction& tx, const Taken& job, Lease lease, bool told) {
  tx.execute(R"sql(
      UPDATE jobs
         SET step = $2, step_name = $3, state = $4, done = $5, total = $6, total_estimated = $7,
             tries = $8, lease_until = clock_timestamp() + make_interval(secs => $9),
             version = version + $10::integer
       WHERE id = $1)sql",
             job.id, job.step, job.view.step(), job.state, job.view.done(), job.view.total(),
             job.view.total_estimated(), job.tries, seconds_of(lease), told ? 1 : 0);
}

void save_undoing(pg::Transaction& tx, const Taken& job, const std::string& ends_as,
                  const std::string& error) {
  tx.execute(R"sql(
      UPDATE jobs
         SET status = 'undoing', ends_as = $2, error = nullif($3, ''), step = $4, step_name = $5,
             tries = $6, version = version + 1
       WHERE id = $1)sql",
             job.id, ends_as, error, job.step, job.view.step(), job.tries);
}

void save_not_undone(pg::Transaction& tx, const Taken& job, const std::string& what) {
  tx.execute(R"sql(
      UPDATE jobs
         SET ends_as = 'failed', error = coalesce(error, 'undo_failed'),
             undo_error = concat_ws('; ', undo_error, $2::text)
       WHERE id = $1)sql",
             job.id, what);
}

void save_end(pg::Transaction& tx, const Declaration& service, const Taken& job,
              const std::string& status, const std::string& error) {
  const Instant now = clock::now();
  tx.execute(R"sql(
      UPDATE jobs
         SET status = CASE $2::text WHEN '' THEN ends_as ELSE $2::text END, ends_as = NULL, lease_until = NULL,
             finished_at = $4, expires_at = $5, error = coalesce(nullif($3, ''), error),
             step = $6, step_name = '', state = $7, done = $8, total = $9, total_estimated = $10,
             version = version + 1
       WHERE id = $1)sql",
             job.id, status, error, now, now + service.kept_for, job.step, job.state,
             job.view.done(), job.view.total(), job.view.total_estimated());
}

void give_back(pg::Transaction& tx, const Taken& job, std::chrono::milliseconds pause) {
  tx.execute(
      "UPDATE jobs SET lease_until = clock_timestamp() + make_interval(secs => $2) WHERE id = $1",
      job.id, seconds_of(pause));
}

void hand_over(pg::Transaction& tx, const Taken& job) {
  tx.execute(
      "UPDATE jobs SET lease_until = clock_timestamp(), tries = greatest(tries - 1, 0) "
      "WHERE id = $1",
      job.id);
}

void renew_lease(pg::Transaction& tx, const Taken& job, Lease lease) {
  tx.execute(R"sql(
      UPDATE jobs
         SET lease_until = clock_timestamp() + make_interval(secs => $3)
       WHERE id = $1 AND attempt = $2 AND status IN ('running', 'undoing'))sql",
             job.id, job.attempt, seconds_of(lease));
}

}  // namespace bordero::jobs
