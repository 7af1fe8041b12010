#pragma once

#include <libpq-fe.h>

#include <boost/asio/posix/stream_descriptor.hpp>
#include <chrono>
#include <cstdint>
#include <deque>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/async.hpp"
#include "platform/pg/conninfo.hpp"
#include "platform/pg/database.hpp"
#include "platform/pg/result_set.hpp"
#include "platform/pg/statement_cache.hpp"

namespace bordero::pg {

// The connection was lost, or nothing came until the deadline.
class Lost : public Broken {
 public:
  using Broken::Broken;
};

// What became of one statement. `failure` is set also when an earlier one of its batch failed.
struct Outcome {
  std::shared_ptr<const ResultSet> result;
  std::exception_ptr failure;
  bool done = false;
};

// One libpq connection in pipeline mode, used by one unit of work at a time. Statements gather in
// libpq's buffer; `settle` sends them with one Sync and takes every result.
class Connection {
 public:
  explicit Connection(asio::any_io_executor executor);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // Tries the hosts in turn, each for its own time. Throws Lost with what the last one said.
  awaitable<void> connect(const ConnInfo& info, Deadline deadline);

  // Makes it ready for the next unit of work; false when the server has closed it meanwhile.
  bool start();
  // Statements of this session end after about this time. Sent only when it changes.
  void limit_statements(std::chrono::milliseconds limit);
  // Queues a statement; the number is that of its outcome.
  std::size_t send(std::string_view sql, const std::vector<Param>& params);
  // Sends what is queued and takes all results. Throws Lost; failures stand in the outcomes.
  awaitable<void> settle();

  Outcome& outcome(std::size_t number) { return outcomes_[number]; }
  std::size_t sent() const { return outcomes_.size(); }
  bool settled() const { return pending_.empty() && !unsynced_; }
  bool lost() const { return lost_; }
  // Whether the next unit of work may have it.
  bool reusable() const { return !lost_ && !spoilt_ && settled() && idle(); }
  bool idle() const;

  // The pool's watch calls `expire` once the deadline has passed while somebody waits.
  void set_deadline(Deadline deadline);
  bool waiting_beyond(Deadline now) const { return waiting_ && now >= deadline_; }
  void expire();

  // Set by the server when a COMMIT stopped waiting for its standby.
  bool standby_wait_cancelled() const { return standby_wait_cancelled_; }
  // The connection is of no use to anybody after what this sqlstate tells.
  void spoil() { spoilt_ = true; }

 private:
  enum class Step : std::uint8_t { kPrepare, kExecute, kForget, kSync };
  struct Pending {
    Step step;
    bool answered = false;
    std::size_t outcome = 0;  // With kSync: the number after the last of its batch.
    std::shared_ptr<Statement> statement = {};
  };

  static void on_notice(void* self, const PGresult* notice);
  awaitable<bool> connect_to(const Target& target, Deadline deadline);
  awaitable<PostgresPollingStatusType> poll_until(Deadline deadline);
  void enter_pipeline();
  void close();
  std::shared_ptr<Statement> prepared(std::string_view sql);
  void forget_unused_statements();
  void check_sent(int accepted);
  void take_results();
  void take(PGresult* result);
  void take_result(Pending& pending, PGresult* result);
  void fail(Pending& pending, PGresult* result);
  void end_batch(std::size_t end);
  void sync();
  awaitable<void> wait_io(bool also_writable);
  [[noreturn]] void lose(const char* what);

  asio::any_io_executor executor_;
  PGconn* connection_ = nullptr;
  std::optional<asio::posix::stream_descriptor> socket_;
  StatementCache statements_;
  std::deque<Pending> pending_;
  std::vector<Outcome> outcomes_;
  std::size_t batch_start_ = 0;  // The first outcome of the batch whose results come in.
  std::exception_ptr batch_failure_;
  Deadline deadline_ = Deadline::max();
  std::chrono::milliseconds statement_limit_{0};
  bool unsynced_ = false;
  bool waiting_ = false;
  bool expired_ = false;
  bool lost_ = false;
  bool spoilt_ = false;
  bool standby_wait_cancelled_ = false;
};

}  // namespace bordero::pg
