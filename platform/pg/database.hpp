#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/async.hpp"
#include "platform/base/context.hpp"
#include "platform/base/result.hpp"
#include "platform/pg/row.hpp"

namespace bordero::pg {

// A statement failed. `sqlstate` as PostgreSQL reports it; `constraint` when one was broken.
// Uncaught, the dispatcher turns 23xxx into `refused(constraint)`, retries 40001 and 40P01, and
// makes everything else a 503.
class SqlError : public Broken {
 public:
  SqlError(std::string sqlstate, std::string constraint, const std::string& message)
      : Broken(message), sqlstate(std::move(sqlstate)), constraint(std::move(constraint)) {}
  std::string sqlstate;
  std::string constraint;
};

// The connection was lost during COMMIT, or the commit's fate is unknown: 503 `outcome_unknown`.
class OutcomeUnknown : public Broken {
 public:
  using Broken::Broken;
};

struct Settings {
  std::string dsn;        // A libpq connection string; several hosts are allowed.
  int pool_size = 8;      // Connections of one worker thread.
  int max_waiting = 256;  // Beyond it: unavailable("database_busy").
  std::chrono::milliseconds idle_limit = std::chrono::minutes(5);  // Of all connections but one.
  std::string application_name;
};

class Connection;
class Pool;

// One unit of work on one connection. Statements are queued and travel in one pipeline; awaiting
// any result sends everything queued before it. Leaving without `commit` rolls back.
class Transaction {
 public:
  Transaction(Transaction&&) noexcept;
  Transaction& operator=(Transaction&&) noexcept;
  ~Transaction();

  // Queued, not awaited; its error surfaces at the next await or at commit.
  template <class... Args>
  void execute(std::string_view sql, const Args&... args) {
    queue(sql, params_of(args...));
  }
  // Queued; the returned ticket is redeemed later, so that several queries share a round trip.
  template <class... Args>
  std::size_t prefetch(std::string_view sql, const Args&... args) {
    return queue(sql, params_of(args...));
  }
  awaitable<Rows> rows_of(std::size_t ticket);

  template <class... Args>
  awaitable<Rows> query(std::string_view sql, const Args&... args) {
    return rows_of(queue(sql, params_of(args...)));
  }
  // The only row, or nothing. More than one row is a bug.
  template <class... Args>
  awaitable<std::optional<Row>> find_one(std::string_view sql, const Args&... args) {
    return one_of(queue(sql, params_of(args...)));
  }
  // With parameters made at run time (lists with filters).
  awaitable<Rows> query_with(std::string sql, std::vector<Param> params);
  std::size_t prefetch_with(std::string sql, std::vector<Param> params);
  // The number of rows that the statement touched.
  template <class... Args>
  awaitable<int> count_of(std::string_view sql, const Args&... args) {
    return touched_by(queue(sql, params_of(args...)));
  }

  // Commits. With an idempotency key in the context, `reply` is kept beside the effect: it is the
  // method's own, and Empty when none is given. One committed transaction a request, then.
  awaitable<Result<void>> commit();
  awaitable<Result<void>> commit(const google::protobuf::Message& reply);

  // Runs after a successful commit, on this thread, before the answer leaves. Used to wake relays.
  void after_commit(std::function<void()> action);

  const Context& context() const;

 private:
  friend class Database;
  struct State;
  explicit Transaction(std::unique_ptr<State> state);

  template <class... Args>
  static std::vector<Param> params_of(const Args&... args) {
    std::vector<Param> params;
    params.reserve(sizeof...(args));
    (params.push_back(to_param(args)), ...);
    return params;
  }
  std::size_t queue(std::string_view sql, std::vector<Param> params);
  awaitable<std::shared_ptr<const ResultSet>> result_of(std::size_t ticket);
  awaitable<Result<void>> finish();
  awaitable<std::optional<Row>> one_of(std::size_t ticket);
  awaitable<int> touched_by(std::size_t ticket);

  std::unique_ptr<State> state_;
};

// The pool of one worker thread. Not shared between threads.
class Database {
 public:
  Database(asio::any_io_executor executor, Settings settings);
  ~Database();

  // A transaction for change. With an idempotency key it takes the key's lock and looks it up in
  // the same round trip: a kept answer comes back as an Error of kind `replayed`, other content as
  // `mismatch`, one still running as refused("idempotency_in_progress").
  awaitable<Result<Transaction>> begin(Context& context);
  // Statements on their own, each seeing what was committed before it; no BEGIN, nothing to commit.
  awaitable<Result<Transaction>> read(Context& context);

  // An answer within the last two seconds, or one `SELECT 1` within a second.
  awaitable<bool> healthy();

 private:
  awaitable<Result<Transaction>> open(const Context& context, bool reading);

  std::shared_ptr<Pool> pool_;
};

// The SQL that `pg::migrate` applies before a service's own: idempotency_keys, outbox, inbox and
// the function forget_old_work(step). One definition for all services.
std::string_view platform_schema();

// Applies `NNNN_name.sql` files that were not applied yet, in order, under an advisory lock, each
// in its own transaction; refuses a file whose digest changed. Blocking; for `bordero migrate`.
struct Migration {
  std::string name;
  std::string sql;
};
void migrate(const std::string& owner_dsn, const std::string& service,
             const std::vector<Migration>& migrations);

}  // namespace bordero::pg
