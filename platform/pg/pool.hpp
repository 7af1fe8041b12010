#pragma once

#include <boost/asio/steady_timer.hpp>
#include <deque>
#include <memory>
#include <vector>

#include "platform/base/async.hpp"
#include "platform/base/result.hpp"
#include "platform/pg/connection.hpp"
#include "platform/pg/database.hpp"
#include "platform/telemetry/metrics.hpp"

namespace bordero::pg {

// The connections of one worker thread.
class Pool : public std::enable_shared_from_this<Pool> {
 public:
  Pool(asio::any_io_executor executor, Settings settings);

  // An idle connection, a new one, or the next that somebody gives back, in order of asking.
  awaitable<Result<std::unique_ptr<Connection>>> take(Deadline deadline);
  // Takes any connection back; one in the middle of something is brought to rest on its own.
  void give_back(std::unique_ptr<Connection> connection);
  // The same for a COMMIT whose fate is unknown: counted until the server answers or ends it.
  void abandon(std::unique_ptr<Connection> connection);
  void close();

  void count_statements(std::size_t count) { statements_.add(static_cast<double>(count)); }
  void count_failure() { failures_.add(); }
  // A busy database is a healthy one: no question is needed right after an answer.
  void answered() { last_answer_ = std::chrono::steady_clock::now(); }
  bool answered_lately() const {
    return std::chrono::steady_clock::now() - last_answer_ < std::chrono::seconds(2);
  }

 private:
  struct Waiter;

  std::unique_ptr<Connection> take_idle();
  awaitable<std::unique_ptr<Connection>> connect(Deadline deadline);
  awaitable<std::unique_ptr<Connection>> wait_in_line(Deadline deadline);
  static awaitable<void> recycle(std::shared_ptr<Pool> pool, std::unique_ptr<Connection> connection,
                                 Deadline deadline);
  void start_recycling(std::unique_ptr<Connection> connection, Deadline deadline);
  void settle_down(std::unique_ptr<Connection> connection);
  void track(Connection* connection);
  void untrack(Connection* connection);
  void drop(std::unique_ptr<Connection> connection);
  void wake_next();
  void watch();
  void tick();
  void retire_idle();
  bool down() const { return std::chrono::steady_clock::now() < down_until_; }

  asio::any_io_executor executor_;
  Settings settings_;
  asio::steady_timer timer_;
  struct Idle {
    std::unique_ptr<Connection> connection;
    Deadline since;
  };
  std::vector<Idle> idle_;  // The one that rests longest comes first.
  std::vector<Connection*> active_;
  std::deque<Waiter*> waiters_;
  int total_ = 0;
  bool watching_ = false;
  bool closed_ = false;
  std::chrono::milliseconds backoff_{0};
  Deadline down_until_{};
  Deadline last_answer_{};
  telemetry::Gauge in_use_gauge_;
  telemetry::Gauge waiting_gauge_;
  telemetry::Counter statements_;
  telemetry::Counter failures_;
  telemetry::Counter connects_;
};

}  // namespace bordero::pg
