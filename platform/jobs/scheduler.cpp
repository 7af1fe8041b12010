#include "platform/jobs/scheduler.hpp"

#include <algorithm>

#include "platform/base/log.hpp"

namespace bordero::jobs {
namespace {

constexpr std::chrono::seconds kLimit{10};
// More than a clock is set back by.
constexpr int kKeptRuns = 100;

// Whether the schedule was known with this rule; it is from now on.
awaitable<bool> know(pg::Transaction& tx, const Schedule& schedule, Instant now) {
  const auto row = co_await tx.find_one(R"sql(
      WITH before AS (SELECT rule FROM schedules WHERE name = $1),
           kept AS (
        INSERT INTO schedules (name, rule, known_since)
        VALUES ($1, $2, $3)
            ON CONFLICT (name) DO UPDATE SET rule = $2, known_since = $3
         WHERE schedules.rule <> $2)
      SELECT EXISTS (SELECT FROM before WHERE rule = $2) AS known)sql",
                                        schedule.name, text_of(schedule.rule), now);
  co_return row->get<bool>("known");
}

// Runs of the future were made by a clock that was ahead; they count when their time has come.
awaitable<bool> is_seen_to(pg::Transaction& tx, const Schedule& schedule, Instant due,
                           Instant now) {
  const auto row = co_await tx.find_one(R"sql(
      SELECT coalesce(max(due_at) FILTER (WHERE due_at <= $3) >= $2, false) AS seen_to
        FROM schedule_runs
       WHERE name = $1)sql",
                                        schedule.name, due, now);
  co_return row->get<bool>("seen_to");
}

void note_run(pg::Transaction& tx, const Schedule& schedule, Instant due,
              const std::optional<JobId>& job, Instant now) {
  tx.execute(R"sql(
      INSERT INTO schedule_runs (name, due_at, job_id, made_at)
      VALUES ($1, $2, $3, $4)
          ON CONFLICT DO NOTHING)sql",
             schedule.name, due, job, now);
  if (!job) return;
  tx.execute("UPDATE schedules SET last_due_at = $2, last_job_id = $3 WHERE name = $1",
             schedule.name, due, job);
  tx.execute(R"sql(
      DELETE FROM schedule_runs
       WHERE name = $1 AND due_at < (SELECT due_at
                                       FROM schedule_runs
                                      WHERE name = $1
                                      ORDER BY due_at DESC
                                     OFFSET $2
                                      LIMIT 1))sql",
             schedule.name, kKeptRuns);
}

}  // namespace

Scheduler::Scheduler(pg::Database& db, Declaration service, std::vector<Kind> kinds,
                     std::vector<Schedule> schedules)
    : db_(db),
      service_(std::move(service)),
      kinds_(std::move(kinds)),
      schedules_(std::move(schedules)) {}

awaitable<Result<int>> Scheduler::run() {
  if (!co_await db_.healthy()) co_return unavailable("database_unavailable");
  int made = 0;
  for (const Schedule& schedule : schedules_) {
    CO_TRY(const bool one, co_await run_one(schedule));
    if (one) ++made;
  }
  co_return made;
}

awaitable<Result<bool>> Scheduler::run_one(const Schedule& schedule) {
  const auto kind = std::find_if(kinds_.begin(), kinds_.end(),
                                 [&](const Kind& one) { return one.name == schedule.kind; });
  ensure(kind != kinds_.end(), "a schedule makes jobs of a known kind");
  const Instant now = clock::now();
  const Instant due = last_due(schedule.rule, now);
  if (const auto seen = seen_to_.find(schedule.name); seen != seen_to_.end()) {
    if (seen->second == due) co_return false;
  }
  Context ctx = system_context("schedule." + schedule.name, kLimit);
  CO_TRY(auto tx, co_await db_.begin(ctx));
  const auto led = co_await tx.find_one(
      "SELECT pg_try_advisory_xact_lock(hashtextextended('bordero.schedules', 0)) AS led");
  if (!led->get<bool>("led")) co_return false;

  const bool known = co_await know(tx, schedule, now);
  const bool seen_to = known && co_await is_seen_to(tx, schedule, due, now);
  std::optional<JobId> job;
  if (known && !seen_to) {
    NewJob made{.kind = schedule.kind,
                .caller = system_caller("schedule." + schedule.name),
                .priority = Priority::batch,
                .request = schedule.request,
                .unique_key = schedule.name + " " + instant_text(due)};
    job = co_await insert_job(tx, service_, *kind, made);
    if (job) co_await tell_started(tx, ctx, service_, *job);
  }
  if (!seen_to) note_run(tx, schedule, due, job, now);
  CO_TRY_VOID(co_await tx.commit());
  seen_to_[schedule.name] = due;
  if (job) log::info("a schedule came due", {{"schedule", schedule.name}});
  co_return job.has_value();
}

}  // namespace bordero::jobs
