#include "platform/jobs/job_store.hpp"

namespace bordero::jobs {
namespace {

constexpr const char* kColumns = R"sql(
    j.id, j.user_id, j.status, j.kind, j.step_name AS step, j.step AS steps_done, j.steps_total,
    j.done, j.total, j.total_estimated, j.error, j.undo_error, j.created_at, j.started_at,
    j.finished_at, j.expires_at, j.version,
    (j.cancel_asked AND j.status IN ('queued', 'running')) AS cancelling)sql";

awaitable<Result<StoredJob>> find_where(pg::Transaction& tx, const Declaration& service,
                                        const Caller& caller, JobId id, const char* locking) {
  const std::string sql =
      "SELECT " + columns_of(service) + " FROM jobs j WHERE j.id = $1 AND j.user_id = $2" + locking;
  const auto row = co_await tx.find_one(sql, id, caller.user_id);
  if (!row) co_return not_found("job_not_found");
  co_return StoredJob{.view = row->to<Job>(), .row = *row};
}

pg::Param or_null(const std::string& text) {
  return text.empty() ? pg::Param() : pg::to_param(text);
}

}  // namespace

std::string columns_of(const Declaration& service) {
  std::string all = kColumns;
  for (const std::string& column : service.columns) all += ", " + column;
  return all;
}

awaitable<std::optional<JobId>> insert_job(pg::Transaction& tx, const Declaration& service,
                                           const Kind& kind, const NewJob& made) {
  const JobId id = JobId::make();
  const Instant now = clock::now();
  const std::string first = kind.steps.empty() ? std::string() : kind.steps.front().name;
  const int inserted = co_await tx.count_of(
      R"sql(
      INSERT INTO jobs (id, kind, user_id, session_id, epoch, role, status, priority, unique_key,
                        undoes, request, step_name, steps_total, total, total_estimated, created_at,
                        expires_at)
      VALUES ($1, $2, $3, $4, $5, $6, 'queued', $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
          ON CONFLICT (unique_key) DO NOTHING)sql",
      id, made.kind, or_null(made.caller.user_id), or_null(made.caller.session_id),
      made.caller.epoch, role_name(made.caller.role), static_cast<int>(made.priority),
      or_null(made.unique_key), kind.undoes(), made.request, first,
      static_cast<int>(kind.steps.size()), made.total, made.total_estimated, now,
      now + service.kept_for);
  if (inserted == 0) co_return std::nullopt;
  co_return id;
}

awaitable<Job> tell_started(pg::Transaction& tx, Context& ctx, const Declaration& service,
                            JobId id) {
  Job job = co_await view_job(tx, service, id);
  mq::publish(tx, ctx, *service.events.started(job, job), about_job(job));
  co_return job;
}

awaitable<Result<void>> may_start(pg::Transaction& tx, const Caller& caller, int most) {
  tx.execute("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", "jobs." + caller.user_id);
  const auto row = co_await tx.find_one(R"sql(
      SELECT count(*)::integer AS open
        FROM jobs
       WHERE user_id = $1 AND status IN ('queued', 'running', 'undoing'))sql",
                                        caller.user_id);
  if (row->get<int>("open") < most) co_return Result<void>();
  Error error{.kind = ErrorKind::too_many, .reason = "too_many_jobs"};
  error.retry_after_s = 30;
  co_return error;
}

awaitable<Job> view_job(pg::Transaction& tx, const Declaration& service, JobId id) {
  const std::string sql = "SELECT " + columns_of(service) + " FROM jobs j WHERE j.id = $1";
  const auto row = co_await tx.find_one(sql, id);
  ensure(row.has_value(), "a job that was just written is there");
  co_return row->to<Job>();
}

awaitable<Result<StoredJob>> find_job(pg::Transaction& tx, const Declaration& service,
                                      const Caller& caller, JobId id) {
  co_return co_await find_where(tx, service, caller, id, "");
}

awaitable<Result<StoredJob>> lock_job(pg::Transaction& tx, const Declaration& service,
                                      const Caller& caller, JobId id) {
  co_return co_await find_where(tx, service, caller, id, " FOR UPDATE");
}

void save_cancelled(pg::Transaction& tx, const Declaration& service, JobId id) {
  const Instant now = clock::now();
  // What was never taken has nothing to undo. Where there is something, the worker ends what it is
  // at first: an effect that is under way cannot be taken back before it is there.
  tx.execute(R"sql(
      UPDATE jobs
         SET status = CASE WHEN undoes AND attempt > 0 THEN status ELSE 'cancelled' END,
             cancel_asked = true,
             lease_until = CASE WHEN undoes AND attempt > 0 THEN lease_until END,
             finished_at = CASE WHEN undoes AND attempt > 0 THEN NULL ELSE $2::timestamptz END,
             expires_at = CASE WHEN undoes AND attempt > 0 THEN expires_at
                               ELSE $3::timestamptz END,
             version = version + 1
       WHERE id = $1)sql",
             id, now, now + service.kept_for);
}

awaitable<int> forget_jobs(pg::Transaction& tx, int limit) {
  co_return co_await tx.count_of(R"sql(
      DELETE FROM jobs
       WHERE id IN (SELECT id
                      FROM jobs
                     WHERE expires_at <= $1 AND status IN ('done', 'failed', 'cancelled')
                     ORDER BY expires_at
                     LIMIT $2
                       FOR UPDATE SKIP LOCKED))sql",
                                 clock::now(), limit);
}

awaitable<JobCounts> count_jobs(pg::Transaction& tx) {
  const auto row = co_await tx.find_one(R"sql(
      SELECT (count(*) FILTER (WHERE status = 'queued'))::integer AS queued,
             (count(*) FILTER (WHERE status <> 'queued'))::integer AS running
        FROM jobs
       WHERE status IN ('queued', 'running', 'undoing'))sql");
  co_return JobCounts{.queued = row->get<int>("queued"), .running = row->get<int>("running")};
}

mq::About about_job(const Job& job) {
  mq::About about{.entity_type = "job", .entity_id = job.id(), .version = job.version()};
  if (!job.user_id().empty()) about.audience_users = {job.user_id()};
  return about;
}

}  // namespace bordero::jobs
