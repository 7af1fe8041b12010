#include "services/notifications/src/exports/export_runner.hpp"

#include "platform/base/log.hpp"
#include "platform/telemetry/metrics.hpp"
#include "services/notifications/src/exports/export_run.hpp"

namespace bordero::notifications {
namespace {

using namespace std::chrono_literals;

constexpr auto kPause = 5s;  // Before another attempt, a bit longer each time.

awaitable<Result<std::optional<TakenJob>>> take(pg::Database& db) {
  Context ctx = system_context("take_job", kStepLimit);
  CO_TRY(auto tx, co_await db.begin(ctx));
  const Instant now = clock::now();
  auto job = co_await take_job(tx, now, now + kLease);
  CO_TRY_VOID(co_await tx.commit());
  co_return job;
}

// What somebody who waits can do something about ends the job; what passes by itself does not.
bool may_pass(const Error& error) {
  return error.kind == ErrorKind::unavailable || error.kind == ErrorKind::internal ||
         error.kind == ErrorKind::too_many;
}

std::string reason_of(const Error& error) {
  return error.kind == ErrorKind::unauthenticated ? "session_ended" : error.reason;
}

void count(const TakenJob& job, const char* outcome) {
  telemetry::counter("bordero_exports_total", "Exports that came to an end.",
                     {{"outcome", outcome},
                      {"format", job.view.format() == v1::EXPORT_FORMAT_CSV ? "csv" : "xlsx"}})
      .add();
}

}  // namespace

awaitable<Result<bool>> ExportRunner::run_next() {
  CO_TRY(auto taken, co_await take(db_));
  if (!taken) co_return false;
  TakenJob& job = *taken;
  const auto start = std::chrono::steady_clock::now();
  Result<void> ran = unavailable("interrupted");
  try {
    ExportRun run(db_, redis_, peers_, pool_, channels_, job);
    ran = co_await run.run();
  } catch (const std::exception& broken) {
    log::error("export broke off", {{"job_id", job.view.id()}, {"error", broken.what()}});
  }
  if (!ran) {
    CO_TRY_VOID(co_await settle(job, ran.error()));
    co_return true;
  }
  count(job, "done");
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  telemetry::histogram("bordero_export_seconds", "From taking an export up to its file.")
      .observe(took.count());
  co_return true;
}

// An attempt came to nothing: another one, or the end.
awaitable<Result<void>> ExportRunner::settle(TakenJob& job, const Error& failed) {
  if (failed.reason == kNotOurs) co_return Result<void>();
  Context ctx = system_context("export", kStepLimit);
  ctx.caller = job.caller;
  CO_TRY(auto tx, co_await db_.begin(ctx));
  if (may_pass(failed) && job.attempt < kMaxExportAttempts) {
    log::warning("export waits", {{"job_id", job.view.id()}, {"reason", failed.reason}});
    co_await give_back(tx, job, clock::now() + kPause * job.attempt);
    co_return co_await tx.commit();
  }
  if (!co_await save_failed(tx, job, reason_of(failed))) co_return Result<void>();
  co_await tell_end(tx, ctx, job, channels_);
  CO_TRY_VOID(co_await tx.commit());
  count(job, "failed");
  co_return Result<void>();
}

}  // namespace bordero::notifications
