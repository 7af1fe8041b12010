#include "services/notifications/src/jobs/job_store.hpp"

#include "platform/json/json.hpp"

namespace bordero::notifications {

const char* const kJobColumns = R"sql(
    j.id, j.user_id, j.status, j.list, j.format, j.filter, j.q, j.order_by, j.fields, j.rows_done,
    j.rows_total, j.total_estimated, j.error, j.file_name, j.file_size, j.created_at, j.started_at,
    j.finished_at, j.expires_at, j.version,
    ARRAY(SELECT jsonb_array_elements_text(j.request->'ids')) AS ids)sql";

const char* const kJobRights = R"sql(
    j.role, j.epoch, j.left_deals,
    EXISTS (SELECT FROM left_deals l
             WHERE l.user_id = j.user_id AND l.seq > j.left_seq AND l.deal_id <> ALL (j.left_deals)
                   AND NOT EXISTS (SELECT FROM deal_access a
                                    WHERE a.deal_id = l.deal_id AND a.user_id = l.user_id))
      AS left_since)sql";

StoredJob stored_job(const pg::Row& row) {
  return {.view = row.to<v1::Job>(),
          .rights = {.role = row.get<std::string>("role"),
                     .epoch = row.get<std::int64_t>("epoch"),
                     .left_deals = row.get<std::vector<std::string>>("left_deals"),
                     .left_since = row.get<bool>("left_since")}};
}

namespace {

awaitable<Result<StoredJob>> find_where(pg::Transaction& tx, const Caller& caller, JobId id,
                                        const char* locking) {
  const std::string sql = std::string("SELECT ") + kJobColumns + ", " + kJobRights +
                          " FROM jobs j WHERE j.id = $1 AND j.user_id = $2" + locking;
  const auto row = co_await tx.find_one(sql, id, caller.user_id);
  if (!row) co_return not_found("job_not_found");
  co_return stored_job(*row);
}

}  // namespace

awaitable<Result<StoredJob>> find_job(pg::Transaction& tx, const Caller& caller, JobId id) {
  co_return co_await find_where(tx, caller, id, "");
}

awaitable<Result<StoredJob>> lock_job(pg::Transaction& tx, const Caller& caller, JobId id) {
  co_return co_await find_where(tx, caller, id, " FOR UPDATE");
}

awaitable<int> count_open_jobs(pg::Transaction& tx, const Caller& caller) {
  tx.execute("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", "jobs." + caller.user_id);
  const auto row = co_await tx.find_one(R"sql(
      SELECT count(*)::integer AS open
        FROM jobs
       WHERE user_id = $1 AND status IN ('queued', 'running'))sql",
                                        caller.user_id);
  co_return row->get<int>("open");
}

void insert_job(pg::Transaction& tx, const Caller& caller, const v1::Job& job,
                const v1::StartExportRequest& request) {
  const std::vector<std::string> fields(job.fields().begin(), job.fields().end());
  tx.execute(R"sql(
      INSERT INTO jobs (id, user_id, session_id, epoch, role, status, list, format, filter, q,
                        order_by, fields, request, rows_total, total_estimated, created_at,
                        expires_at)
      VALUES ($1, $2, $3, $4, $5, 'queued', $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16))sql",
             job.id(), caller.user_id, caller.session_id, caller.epoch, role_name(caller.role),
             job.list(), job.format(), job.filter(), job.q(), job.order_by(), fields,
             json::text(request), job.rows_total(), job.total_estimated(), clock::now(),
             clock::now() + kKeptFor);
}

void save_cancelled(pg::Transaction& tx, JobId id) {
  const Instant now = clock::now();
  tx.execute("DELETE FROM job_parts WHERE job_id = $1", id);
  tx.execute(R"sql(
      UPDATE jobs
         SET status = 'cancelled', lease_until = NULL, finished_at = $2, expires_at = $3,
             version = version + 1
       WHERE id = $1)sql",
             id, now, now + kKeptFor);
}

awaitable<v1::Job> view_job(pg::Transaction& tx, JobId id) {
  const std::string sql = std::string("SELECT ") + kJobColumns + " FROM jobs j WHERE j.id = $1";
  const auto row = co_await tx.find_one(sql, id);
  ensure(row.has_value(), "a job that was just written is there");
  co_return row->to<v1::Job>();
}

awaitable<std::optional<std::string>> find_part(pg::Transaction& tx, JobId id,
                                                std::int64_t offset) {
  constexpr auto kPart = static_cast<std::int64_t>(kPartBytes);
  if (offset % kPart != 0) co_return std::nullopt;
  const std::int64_t number = offset / kPart;
  const auto row = co_await tx.find_one(
      "SELECT data FROM job_parts WHERE job_id = $1 AND number = $2", id, number);
  if (!row) co_return std::nullopt;
  co_return row->get<pg::Bytes>("data").value;
}

awaitable<JobCounts> count_jobs(pg::Transaction& tx) {
  const auto row = co_await tx.find_one(R"sql(
      SELECT (count(*) FILTER (WHERE status = 'queued'))::integer AS queued,
             (count(*) FILTER (WHERE status = 'running'))::integer AS running
        FROM jobs
       WHERE status IN ('queued', 'running'))sql");
  co_return JobCounts{.queued = row->get<int>("queued"), .running = row->get<int>("running")};
}

awaitable<int> forget_jobs(pg::Transaction& tx, int limit) {
  co_return co_await tx.count_of(R"sql(
      DELETE FROM jobs
       WHERE id IN (SELECT id
                      FROM jobs
                     WHERE expires_at <= $1
                     ORDER BY expires_at
                     LIMIT $2
                       FOR UPDATE SKIP LOCKED))sql",
                                 clock::now(), limit);
}

void forget_left_deals(pg::Transaction& tx) {
  tx.execute(R"sql(
      DELETE FROM left_deals
       WHERE NOT EXISTS (SELECT FROM jobs WHERE left_seq < left_deals.seq))sql");
}

mq::About about_job(const v1::Job& job) {
  return {.entity_type = "job",
          .entity_id = job.id(),
          .version = job.version(),
          .audience_users = {job.user_id()}};
}

}  // namespace bordero::notifications
