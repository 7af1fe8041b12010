#include "platform/jobs/work.hpp"

namespace bordero::jobs {
namespace {

constexpr std::chrono::seconds kStatementLimit{10};

}  // namespace

Work::Work(pg::Database& db, rpc::Peers& peers, const Declaration& service, const Timing& timing,
           const std::atomic<bool>& stopping, Taken& job)
    : db_(db), service_(service), timing_(timing), stopping_(stopping), job_(job), told_(job.view) {
  if (!job.caller.user_id.empty()) identity_.emplace(peers, service.service, job.caller);
}

Context Work::context() const {
  Context ctx = system_context(job_.kind, kStatementLimit);
  ctx.caller = job_.caller;
  return ctx;
}

awaitable<Result<std::string>> Work::token() {
  if (!identity_) co_return std::string();
  co_return co_await identity_->token();
}

awaitable<Result<void>> Work::check_user() {
  if (!identity_) co_return Result<void>();
  const auto renewed = co_await identity_->renew();
  if (!renewed) co_return renewed.error();
  co_return Result<void>();
}

void Work::count(int done, int total, bool estimated) {
  job_.view.set_done(done);
  job_.view.set_total(total);
  job_.view.set_total_estimated(estimated);
}

awaitable<Result<void>> Work::progress(int done, int total, bool estimated) {
  count(done, total, estimated);
  co_return co_await save(Effect());
}

awaitable<Result<void>> Work::keep(Effect effect) {
  job_.tries = 1;
  co_return co_await save(effect);
}

awaitable<Result<void>> Work::write(Effect effect) { co_return co_await save(effect); }

awaitable<Result<void>> Work::save(const Effect& effect) {
  Context ctx = context();
  CO_TRY(auto tx, co_await db_.begin(ctx));
  const auto held = co_await hold(tx, job_);
  if (!held) co_return refused(kTakenAway);
  if (effect) CO_TRY_VOID(co_await effect(tx, ctx));
  const bool told = due();
  save_place(tx, job_, timing_.lease, told);
  if (told) co_await tell(tx, ctx);
  CO_TRY_VOID(co_await tx.commit());
  if (job_.undoing) co_return Result<void>();
  if (held->cancel_asked) co_return refused(kCancelAsked);
  if (stopping_) co_return unavailable(kStopping);
  co_return Result<void>();
}

awaitable<void> Work::tell(pg::Transaction& tx, Context& ctx) {
  Job after = co_await view_job(tx, service_, job_.id);
  mq::publish(tx, ctx, *service_.events.updated(told_, after), about_job(after));
  job_.view = after;
  told_ = std::move(after);
  told_at_ = std::chrono::steady_clock::now();
}

}  // namespace bordero::jobs
