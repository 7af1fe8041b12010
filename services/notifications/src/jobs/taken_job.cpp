#include "platform/json/json.hpp"
#include "services/notifications/src/jobs/job_store.hpp"

namespace bordero::notifications {
namespace {

TakenJob taken_of(const pg::Row& row) {
  TakenJob job{.view = row.to<v1::Job>(), .request = {}, .caller = {}};
  const std::string request(row.text("request"));
  const auto read = json::parse_stored(request, job.request);
  ensure(read.ok(), "what was asked for is kept as it came");
  job.caller.user_id = job.view.user_id();
  job.caller.role = role_from_name(row.text("role"));
  job.caller.session_id = row.get<std::string>("session_id");
  job.caller.epoch = row.get<std::int64_t>("epoch");
  job.attempt = row.get<int>("attempt");
  return job;
}

}  // namespace

awaitable<std::optional<TakenJob>> take_job(pg::Transaction& tx, Instant now, Instant lease_until) {
  // One at a time: two workers must not take two jobs of one person.
  tx.execute("SELECT pg_advisory_xact_lock(hashtextextended('jobs.take', 0))");
  const std::string sql = std::string(R"sql(
      WITH next AS (
        SELECT w.id
          FROM jobs w
         WHERE (w.status = 'queued' OR (w.status = 'running' AND w.lease_until <= $1)) AND
               NOT EXISTS (SELECT FROM jobs r
                            WHERE r.user_id = w.user_id AND r.status = 'running' AND r.id <> w.id)
         ORDER BY w.created_at, w.id
         LIMIT 1
           FOR UPDATE SKIP LOCKED)
      UPDATE jobs j
         SET status = 'running', attempt = j.attempt + 1, lease_until = $2, rows_done = 0,
             started_at = coalesce(j.started_at, $1)
        FROM next
       WHERE j.id = next.id
   RETURNING j.role, j.epoch, j.session_id, j.attempt, j.request,)sql") +
                          kJobColumns;
  const auto row = co_await tx.find_one(sql, now, lease_until);
  if (!row) co_return std::nullopt;
  TakenJob job = taken_of(*row);
  // What an earlier attempt left.
  tx.execute("DELETE FROM job_parts WHERE job_id = $1", job.view.id());
  co_return job;
}

awaitable<bool> save_left_deals(pg::Transaction& tx, const TakenJob& job,
                                const std::vector<std::string>& left) {
  co_return co_await tx.count_of(R"sql(
      UPDATE jobs
         SET left_deals = $3, left_seq = (SELECT coalesce(max(seq), 0) FROM left_deals)
       WHERE id = $1 AND attempt = $2 AND status = 'running')sql",
                                 job.view.id(), job.attempt, left) == 1;
}

awaitable<bool> save_progress(pg::Transaction& tx, const TakenJob& job, Instant lease_until,
                              bool told) {
  co_return co_await tx.count_of(R"sql(
      UPDATE jobs
         SET rows_done = $3, rows_total = $4, total_estimated = $5, lease_until = $6,
             version = version + $7::integer
       WHERE id = $1 AND attempt = $2 AND status = 'running')sql",
                                 job.view.id(), job.attempt, job.view.rows_done(),
                                 job.view.rows_total(), job.view.total_estimated(), lease_until,
                                 told ? 1 : 0) == 1;
}

awaitable<bool> save_part(pg::Transaction& tx, const TakenJob& job, int number, std::string data) {
  const pg::Bytes bytes{std::move(data)};
  co_return co_await tx.count_of(R"sql(
      INSERT INTO job_parts (job_id, number, data)
      SELECT id, $3, $4
        FROM jobs
       WHERE id = $1 AND attempt = $2 AND status = 'running'
         FOR SHARE)sql",
                                 job.view.id(), job.attempt, number, bytes) == 1;
}

awaitable<bool> save_done(pg::Transaction& tx, const TakenJob& job, const std::string& file_name,
                          std::int64_t file_size) {
  const Instant now = clock::now();
  co_return co_await tx.count_of(R"sql(
      UPDATE jobs
         SET status = 'done', lease_until = NULL, finished_at = $3, expires_at = $4,
             rows_done = $5, rows_total = $5, total_estimated = false, file_name = $6,
             file_size = $7, version = version + 1
       WHERE id = $1 AND attempt = $2 AND status = 'running')sql",
                                 job.view.id(), job.attempt, now, now + kKeptFor,
                                 job.view.rows_done(), file_name, file_size) == 1;
}

awaitable<bool> save_failed(pg::Transaction& tx, const TakenJob& job, const std::string& error) {
  const Instant now = clock::now();
  tx.execute(
      "DELETE FROM job_parts WHERE job_id = $1 AND EXISTS (SELECT FROM jobs WHERE id = $1 "
      "AND attempt = $2 AND status = 'running')",
      job.view.id(), job.attempt);
  co_return co_await tx.count_of(R"sql(
      UPDATE jobs
         SET status = 'failed', lease_until = NULL, finished_at = $3, expires_at = $4, error = $5,
             version = version + 1
       WHERE id = $1 AND attempt = $2 AND status = 'running')sql",
                                 job.view.id(), job.attempt, now, now + kKeptFor, error) == 1;
}

awaitable<bool> give_back(pg::Transaction& tx, const TakenJob& job, Instant again_at) {
  co_return co_await tx.count_of(R"sql(
      UPDATE jobs
         SET lease_until = $3
       WHERE id = $1 AND attempt = $2 AND status = 'running')sql",
                                 job.view.id(), job.attempt, again_at) == 1;
}

}  // namespace bordero::notifications
