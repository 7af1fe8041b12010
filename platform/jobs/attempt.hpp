#pragma once

#include "platform/jobs/work.hpp"

namespace bordero::jobs {

// One worker's turn at one job: step after step, or undo after undo, until it ends or somebody
// else has to go on.
class Attempt {
 public:
  Attempt(pg::Database& db, rpc::Peers& peers, const Declaration& service, const Timing& timing,
          const std::atomic<bool>& stopping, const Kind& kind, Taken job);
  awaitable<Result<void>> run();

 private:
  enum class After { go_on, leave };

  awaitable<Result<void>> next();
  awaitable<Result<void>> do_step();
  awaitable<Result<void>> undo_step();
  awaitable<Result<After>> settle(const Error& failed);
  awaitable<Result<After>> end_early(const char* ends_as, const std::string& error);
  awaitable<Result<void>> mark_done();
  awaitable<Result<void>> mark_undone(const std::string& not_undone);
  awaitable<Result<void>> leave(const std::function<void(pg::Transaction&)>& how);
  awaitable<Result<void>> end(pg::Transaction& tx, Context& ctx, const Taken& job,
                              const char* status, const std::string& error);
  int to_undo(int from) const;
  void stand_at(Taken& job, int step) const;
  const Step& step() const { return kind_.steps[static_cast<std::size_t>(job_.step)]; }
  int steps() const { return static_cast<int>(kind_.steps.size()); }

  pg::Database& db_;
  const Declaration& service_;
  const Timing& timing_;
  const std::atomic<bool>& stopping_;
  const Kind& kind_;
  Taken job_;
  Work work_;
  bool ended_ = false;
  std::chrono::steady_clock::time_point since_ = std::chrono::steady_clock::now();
};

}  // namespace bordero::jobs
