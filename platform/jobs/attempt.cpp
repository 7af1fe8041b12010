#include "platform/jobs/attempt.hpp"

#include <algorithm>
#include <boost/asio/this_coro.hpp>

#include "platform/base/log.hpp"
#include "platform/jobs/beat.hpp"
#include "platform/telemetry/metrics.hpp"

namespace bordero::jobs {
namespace {

std::string reason_of(const Error& error) {
  return error.kind == ErrorKind::unauthenticated ? "session_ended" : error.reason;
}

Error worker_died() { return refused("worker_died"); }

}  // namespace

Attempt::Attempt(pg::Database& db, rpc::Peers& peers, const Declaration& service,
                 const Timing& timing, const std::atomic<bool>& stopping, const Kind& kind,
                 Taken job)
    : db_(db),
      service_(service),
      timing_(timing),
      stopping_(stopping),
      kind_(kind),
      job_(std::move(job)),
      work_(db, peers, service, timing, stopping, job_) {}

awaitable<Result<void>> Attempt::run() {
  while (!ended_) {
    Result<void> went = unavailable("interrupted");
    try {
      went = co_await next();
    } catch (const std::exception& broken) {
      log::error("a job's step broke off", {{"job_id", job_.id.str()}, {"error", broken.what()}});
    }
    if (went) continue;
    CO_TRY(const After after, co_await settle(went.error()));
    if (after == After::leave) break;
  }
  co_return Result<void>();
}

awaitable<Result<void>> Attempt::next() {
  if (stopping_) co_return unavailable(kStopping);
  const auto executor = co_await asio::this_coro::executor;
  const Beat beat(executor, db_, job_, timing_.lease, kind_.step_limit);
  if (job_.undoing) co_return co_await undo_step();
  co_return co_await do_step();
}

awaitable<Result<void>> Attempt::do_step() {
  if (job_.cancel_asked) co_return refused(kCancelAsked);
  // Each of these was counted as it was taken, and none came to say how it went.
  if (job_.tries > kind_.attempts) co_return worker_died();
  CO_TRY_VOID(co_await work_.check_user());
  if (job_.step < steps()) {
    job_.view.set_step(step().name);
    CO_TRY_VOID(co_await step().run(work_));
  }
  co_return co_await mark_done();
}

// What is done is undone by the system: also when the user may do nothing any more.
awaitable<Result<void>> Attempt::undo_step() {
  if (job_.tries > kind_.attempts) co_return worker_died();
  if (job_.step >= 0 && job_.step < steps() && step().undo) {
    CO_TRY_VOID(co_await step().undo(work_));
  }
  co_return co_await mark_undone("");
}

awaitable<Result<void>> Attempt::mark_done() {
  Context ctx = work_.context();
  CO_TRY(auto tx, co_await db_.begin(ctx));
  const auto held = co_await hold(tx, job_);
  if (!held) co_return refused(kTakenAway);
  const Effect effect = std::exchange(work_.at_mark_, nullptr);
  if (effect) CO_TRY_VOID(co_await effect(tx, ctx));
  Taken after = job_;
  if (job_.step + 1 >= steps()) {
    after.step = steps();
    CO_TRY_VOID(co_await end(tx, ctx, after, "done", ""));
    co_return co_await tx.commit();
  }
  stand_at(after, job_.step + 1);
  const bool told = work_.due();
  save_place(tx, after, timing_.lease, told);
  if (told) co_await work_.tell(tx, ctx);
  CO_TRY_VOID(co_await tx.commit());
  stand_at(job_, after.step);
  job_.cancel_asked = held->cancel_asked;
  co_return Result<void>();
}

awaitable<Result<void>> Attempt::mark_undone(const std::string& not_undone) {
  Context ctx = work_.context();
  CO_TRY(auto tx, co_await db_.begin(ctx));
  if (!co_await hold(tx, job_)) co_return refused(kTakenAway);
  const Effect effect = std::exchange(work_.at_mark_, nullptr);
  if (effect && not_undone.empty()) CO_TRY_VOID(co_await effect(tx, ctx));
  if (!not_undone.empty()) save_not_undone(tx, job_, not_undone);
  const int next = to_undo(job_.step - 1);
  Taken after = job_;
  if (next < 0) {
    after.step = 0;
    CO_TRY_VOID(co_await end(tx, ctx, after, "", ""));
    co_return co_await tx.commit();
  }
  stand_at(after, next);
  save_place(tx, after, timing_.lease, false);
  CO_TRY_VOID(co_await tx.commit());
  stand_at(job_, next);
  co_return Result<void>();
}

awaitable<Result<Attempt::After>> Attempt::settle(const Error& failed) {
  if (failed.reason == kTakenAway) co_return After::leave;
  if (failed.reason == kStopping) {
    CO_TRY_VOID(co_await leave([this](auto& tx) { hand_over(tx, job_); }));
    co_return After::leave;
  }
  if (failed.reason == kCancelAsked && !job_.undoing) co_return co_await end_early("cancelled", "");
  const std::string reason = reason_of(failed);
  if (may_pass(failed) && job_.tries < kind_.attempts) {
    log::warning("a job waits", {{"job_id", job_.id.str()}, {"reason", reason}});
    const auto pause = pause_after(job_.tries, kind_.pause);
    CO_TRY_VOID(co_await leave([&](auto& tx) { give_back(tx, job_, pause); }));
    co_return After::leave;
  }
  if (!job_.undoing) co_return co_await end_early("failed", reason);
  log::error("a job's step was not undone", {{"job_id", job_.id.str()}, {"reason", reason}});
  const std::string what = step().name + ": " + reason;
  CO_TRY_VOID(co_await mark_undone(what));
  co_return ended_ ? After::leave : After::go_on;
}

// Before its last step: what was done so far is taken back, where it can be.
awaitable<Result<Attempt::After>> Attempt::end_early(const char* ends_as,
                                                     const std::string& error) {
  Context ctx = work_.context();
  CO_TRY(auto tx, co_await db_.begin(ctx));
  if (!co_await hold(tx, job_)) co_return After::leave;
  work_.at_mark_ = nullptr;  // Of the step that came to nothing.
  const int first = to_undo(std::min(job_.step, steps() - 1));
  if (first < 0) {
    CO_TRY_VOID(co_await end(tx, ctx, job_, ends_as, error));
    CO_TRY_VOID(co_await tx.commit());
    co_return After::leave;
  }
  Taken after = job_;
  stand_at(after, first);
  save_undoing(tx, after, ends_as, error);
  co_await work_.tell(tx, ctx);
  CO_TRY_VOID(co_await tx.commit());
  stand_at(job_, first);
  job_.undoing = true;
  co_return After::go_on;
}

awaitable<Result<void>> Attempt::leave(const std::function<void(pg::Transaction&)>& how) {
  Context ctx = work_.context();
  CO_TRY(auto tx, co_await db_.begin(ctx));
  if (!co_await hold(tx, job_)) co_return Result<void>();
  how(tx);
  co_return co_await tx.commit();
}

awaitable<Result<void>> Attempt::end(pg::Transaction& tx, Context& ctx, const Taken& job,
                                     const char* status, const std::string& error) {
  const Job before = co_await view_job(tx, service_, job.id);
  save_end(tx, service_, job, status, error);
  const Job after = co_await view_job(tx, service_, job.id);
  mq::publish(tx, ctx, *service_.events.finished(before, after), about_job(after));
  if (service_.on_end) CO_TRY_VOID(co_await service_.on_end(tx, ctx, after));
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - since_;
  const std::string outcome =
      after.status() == common::v1::JOB_STATUS_DONE
          ? "done"
          : (after.status() == common::v1::JOB_STATUS_FAILED ? "failed" : "cancelled");
  tx.after_commit([service = service_.service, kind = job_.kind, outcome, took] {
    telemetry::counter("bordero_jobs_ended_total", "Jobs that came to an end.",
                       {{"service", service}, {"kind", kind}, {"outcome", outcome}})
        .add();
    telemetry::histogram("bordero_jobs_seconds", "From taking a job up, the last time, to its end.",
                         {{"service", service}, {"kind", kind}})
        .observe(took.count());
  });
  ended_ = true;
  co_return Result<void>();
}

int Attempt::to_undo(int from) const {
  int step = from;
  while (step >= 0 && !kind_.steps[static_cast<std::size_t>(step)].undo) --step;
  return step;
}

// At the beginning of a step: no attempt at it has come to nothing yet but the one under way.
void Attempt::stand_at(Taken& job, int step) const {
  job.step = step;
  job.tries = 1;
  job.view.set_step(kind_.steps[static_cast<std::size_t>(step)].name);
}

}  // namespace bordero::jobs
