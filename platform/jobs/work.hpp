#pragma once

#include <atomic>
#include <memory>
#include <optional>

#include "platform/jobs/identity.hpp"
#include "platform/jobs/taken.hpp"

namespace bordero::jobs {

struct Timing {
  // A worker that has not been heard of for so long is dead.
  std::chrono::milliseconds lease = std::chrono::minutes(1);
  // Every event stands in the audit log for ever, so a short job tells only its end.
  std::chrono::milliseconds tell_every = std::chrono::seconds(3);
};

// What a step works with. An Error of any of these has to be passed on: the job was cancelled,
// belongs to somebody else by now, or its user has lost the rights.
class Work {
 public:
  Work(pg::Database& db, rpc::Peers& peers, const Declaration& service, const Timing& timing,
       const std::atomic<bool>& stopping, Taken& job);

  const std::string& job_id() const { return job_.view.id(); }
  const std::string& request() const { return job_.request; }
  const Caller& caller() const { return job_.caller; }
  const Job& view() const { return job_.view; }

  // JSON that later steps, the next attempt and undo are given; kept by `keep` and at the mark.
  const std::string& state() const { return job_.state; }
  void set_state(std::string json) { job_.state = std::move(json); }

  // As whom the work is done, for one call or transaction of it.
  Context context() const;
  // To ask other services as the user; fails once their session has ended. Empty for the system.
  awaitable<Result<std::string>> token();

  // How far the step is, kept and told every few seconds.
  void count(int done, int total, bool estimated = false);
  awaitable<Result<void>> progress(int done, int total, bool estimated = false);
  // A batch of the step: effect, state and progress in one transaction, of this worker or of none.
  // With a state that says where to go on, the step has come on: its attempts count anew.
  awaitable<Result<void>> keep(Effect effect);
  // The same without a state of its own: what is written is not lost, but the step begins anew.
  awaitable<Result<void>> write(Effect effect);
  // To be done in the transaction that marks the step as done.
  void at_mark(Effect effect) { at_mark_ = std::move(effect); }

 private:
  friend class Attempt;

  awaitable<Result<void>> check_user();
  awaitable<Result<void>> save(const Effect& effect);
  awaitable<void> tell(pg::Transaction& tx, Context& ctx);
  bool due() const { return std::chrono::steady_clock::now() - told_at_ >= timing_.tell_every; }

  pg::Database& db_;
  const Declaration& service_;
  const Timing& timing_;
  const std::atomic<bool>& stopping_;
  Taken& job_;
  std::optional<SessionIdentity> identity_;
  Effect at_mark_;
  Job told_;  // As the last event has it.
  std::chrono::steady_clock::time_point told_at_ = std::chrono::steady_clock::now();
};

}  // namespace bordero::jobs
