#include "platform/background/job_rpc.hpp"

namespace bordero::background {
namespace {

// Late is who missed three turns, or three minutes of what is kept once a minute.
constexpr const char* kJobs = R"sql(
    SELECT j.name, j.at, (j.period_ms + 999) / 1000 AS period_seconds, j.started_at AS last_run_at,
           j.succeeded_at AS last_success_at, j.failed_at AS last_failure_at, j.failure,
           j.failures, j.took_ms, j.result, a.set_aside_count, a.set_aside,
           CASE WHEN j.failures > 0 THEN 'failing'
                WHEN coalesce(j.started_at, j.known_at) < $1::timestamptz - CASE
                       WHEN j.at <> '' THEN interval '26 hours'
                       ELSE make_interval(secs => greatest(180, 3 * j.period_ms / 1000)) END
                THEN 'late'
                WHEN j.started_at IS NULL THEN 'waiting'
                ELSE 'well' END AS state
      FROM background_jobs j
     CROSS JOIN LATERAL (
       SELECT count(*)::integer AS set_aside_count,
              (jsonb_agg(jsonb_build_object(
                 'subject_id', s.subject_id, 'reason', s.reason, 'tries', s.tries,
                 'since', to_char(s.since AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
                 'try_at', to_char(s.try_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'))
                 ORDER BY s.since, s.subject_id) FILTER (WHERE s.place <= 20)) AS set_aside
         FROM (SELECT *, row_number() OVER (ORDER BY since, subject_id) AS place
                 FROM set_aside WHERE rule = j.name) s) a
     ORDER BY j.name)sql";

}  // namespace

awaitable<Result<common::v1::ListBackgroundJobsReply>> JobRpc::list(
    Context& ctx, const common::v1::ListBackgroundJobsRequest&) {
  CO_TRY(auto tx, co_await db_.read(ctx));
  const auto rows = co_await tx.query(kJobs, clock::now());
  common::v1::ListBackgroundJobsReply reply;
  for (const auto& row : rows) {
    auto& job = *reply.add_background_jobs();
    row.fill(job);
    job.set_service(service_);
  }
  co_return reply;
}

}  // namespace bordero::background
