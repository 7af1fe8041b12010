#include "platform/pg/connection.hpp"

#include <sys/socket.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cstring>

namespace bordero::pg {
namespace {

using boost::system::error_code;
constexpr auto kAsTuple = asio::as_tuple(asio::use_awaitable);

std::string field_of(const PGresult* result, int field) {
  const char* text = PQresultErrorField(result, field);
  return text ? text : "";
}

// What may stand in a log: messages about data (classes 22 and 23) quote the data.
std::string message_of(const PGresult* result) {
  const std::string sqlstate = field_of(result, PG_DIAG_SQLSTATE);
  const bool about_data = sqlstate.starts_with("22") || sqlstate.starts_with("23");
  return "a statement failed [" + sqlstate + "] " +
         (about_data ? field_of(result, PG_DIAG_CONSTRAINT_NAME)
                     : field_of(result, PG_DIAG_MESSAGE_PRIMARY));
}

// After these the session is of no use: a plan that no longer fits its table, a statement that
// the server forgot, a primary that became a standby, a server that ends.
bool spoils(std::string_view sqlstate) {
  return sqlstate == "0A000" || sqlstate == "26000" || sqlstate == "25006" ||
         sqlstate.starts_with("57P") || sqlstate.starts_with("08") || sqlstate.starts_with("XX");
}

}  // namespace

Connection::Connection(asio::any_io_executor executor) : executor_(std::move(executor)) {}

Connection::~Connection() { close(); }

void Connection::close() {
  // libpq closes the socket itself, so Asio must let go of it first.
  if (socket_) socket_->release();
  socket_.reset();
  if (connection_) PQfinish(connection_);
  connection_ = nullptr;
}

void Connection::lose(const char* what) {
  lost_ = true;
  throw Lost(what);
}

bool Connection::idle() const { return PQtransactionStatus(connection_) == PQTRANS_IDLE; }

bool Connection::start() {
  outcomes_.clear();
  batch_start_ = 0;
  batch_failure_ = nullptr;
  standby_wait_cancelled_ = false;
  expired_ = false;
  char byte = 0;
  // An idle session has nothing to say but that it ends.
  const auto got = recv(PQsocket(connection_), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
  if (got >= 0 || (errno != EAGAIN && errno != EINTR)) return false;
  try {
    forget_unused_statements();
  } catch (const Lost&) {
    return false;
  }
  return true;
}

void Connection::check_sent(int accepted) {
  if (accepted != 1) lose("the database connection takes no statements");
  unsynced_ = true;
}

void Connection::limit_statements(std::chrono::milliseconds limit) {
  if (limit == statement_limit_) return;
  const std::string sql = "SET statement_timeout = " + std::to_string(limit.count());
  check_sent(PQsendQueryParams(connection_, sql.c_str(), 0, nullptr, nullptr, nullptr, nullptr, 0));
  pending_.push_back({Step::kForget});
  // Its own batch: within the transaction that follows, a rollback would take it back.
  sync();
  statement_limit_ = limit;
}

void Connection::forget_unused_statements() {
  for (const std::string& name : statements_.trim()) {
    const std::string sql = "DEALLOCATE " + name;
    check_sent(
        PQsendQueryParams(connection_, sql.c_str(), 0, nullptr, nullptr, nullptr, nullptr, 0));
    pending_.push_back({Step::kForget});
  }
}

std::shared_ptr<Statement> Connection::prepared(std::string_view sql) {
  auto statement = statements_.find_or_add(sql);
  if (statement->state == Statement::State::kNew) {
    statement->state = Statement::State::kOnce;
  } else if (statement->state == Statement::State::kOnce) {
    const std::string text(sql);
    check_sent(PQsendPrepare(connection_, statement->name.c_str(), text.c_str(), 0, nullptr));
    statement->state = Statement::State::kSent;
    pending_.push_back({Step::kPrepare, false, 0, statement});
  }
  return statement;
}

std::size_t Connection::send(std::string_view sql, const std::vector<Param>& params) {
  if (lost_) throw Lost("the database connection is lost");
  auto statement = prepared(sql);
  constexpr std::size_t kFew = 32;
  const char* few[kFew];
  std::vector<const char*> many(params.size() > kFew ? params.size() : 0);
  const char** values = many.empty() ? few : many.data();
  for (std::size_t i = 0; i < params.size(); ++i) {
    values[i] = params[i] ? params[i]->c_str() : nullptr;
    if (params[i] && std::memchr(params[i]->data(), 0, params[i]->size())) {
      throw SqlError("22021", "", "a parameter holds a NUL character");
    }
  }
  const int count = static_cast<int>(params.size());
  if (statement->state == Statement::State::kOnce) {
    check_sent(PQsendQueryParams(connection_, std::string(sql).c_str(), count, nullptr, values,
                                 nullptr, nullptr, 0));
    statement.reset();
  } else {
    check_sent(PQsendQueryPrepared(connection_, statement->name.c_str(), count, values, nullptr,
                                   nullptr, 0));
  }
  pending_.push_back({Step::kExecute, false, outcomes_.size(), std::move(statement)});
  outcomes_.emplace_back();
  return outcomes_.size() - 1;
}

void Connection::sync() {
  check_sent(PQpipelineSync(connection_));
  pending_.push_back({Step::kSync, false, outcomes_.size()});
  unsynced_ = false;
}

awaitable<void> Connection::settle() {
  if (lost_) throw Lost("the database connection is lost");
  if (unsynced_) sync();
  int unsent = PQflush(connection_);
  for (;;) {
    take_results();
    if (pending_.empty()) co_return;
    if (unsent < 0 || PQstatus(connection_) == CONNECTION_BAD) {
      lose("the database closed the connection");
    }
    co_await wait_io(unsent > 0);
    // What came before the connection ended is still read: it may be the answer to a COMMIT.
    if (PQconsumeInput(connection_) == 1 && unsent > 0) unsent = PQflush(connection_);
  }
}

awaitable<void> Connection::wait_io(bool also_writable) {
  using namespace asio::experimental::awaitable_operators;
  using Wait = asio::posix::stream_descriptor::wait_type;
  struct Waiting {
    bool& flag;
    explicit Waiting(bool& flag) : flag(flag) { flag = true; }
    ~Waiting() { flag = false; }
  };
  const Waiting waiting(waiting_);
  if (also_writable) {
    co_await (socket_->async_wait(Wait::wait_read, kAsTuple) ||
              socket_->async_wait(Wait::wait_write, kAsTuple));
  } else {
    const auto [error] = co_await socket_->async_wait(Wait::wait_read, kAsTuple);
    if (error == asio::error::operation_aborted && !expired_) throw Lost("the wait was cancelled");
  }
  if (expired_) throw Lost("the database did not answer in time");
}

void Connection::set_deadline(Deadline deadline) {
  deadline_ = deadline;
  expired_ = false;
}

void Connection::expire() {
  expired_ = true;
  error_code ignored;
  socket_->cancel(ignored);
}

void Connection::take_results() {
  while (!pending_.empty() && PQisBusy(connection_) == 0) {
    PGresult* result = PQgetResult(connection_);
    if (result) {
      take(result);
    } else if (pending_.front().answered) {
      pending_.pop_front();
    } else {
      if (PQstatus(connection_) == CONNECTION_BAD) return;
      lose("the database answered out of turn");
    }
  }
}

void Connection::take(PGresult* result) {
  if (PQstatus(connection_) == CONNECTION_BAD && PQresultStatus(result) == PGRES_FATAL_ERROR &&
      field_of(result, PG_DIAG_SQLSTATE).empty()) {
    PQclear(result);
    lose("the database closed the connection");
  }
  Pending& pending = pending_.front();
  pending.answered = true;
  if (PQresultStatus(result) != PGRES_PIPELINE_SYNC) return take_result(pending, result);
  PQclear(result);
  if (pending.step != Step::kSync) lose("the database answered out of turn");
  const std::size_t end = pending.outcome;
  pending_.pop_front();
  end_batch(end);
}

void Connection::take_result(Pending& pending, PGresult* result) {
  const ExecStatusType status = PQresultStatus(result);
  if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) return fail(pending, result);
  if (pending.step == Step::kPrepare) pending.statement->state = Statement::State::kReady;
  if (pending.step != Step::kExecute) return PQclear(result);

  // Only a prepared statement is sure to have the columns that it had.
  auto shape = pending.statement ? pending.statement->shape : nullptr;
  if (!shape) shape = std::make_shared<Shape>(result);
  if (pending.statement) pending.statement->shape = shape;
  Outcome& outcome = outcomes_[pending.outcome];
  outcome.result = std::make_shared<const ResultSet>(result, shape);
  outcome.done = true;
}

void Connection::fail(Pending& pending, PGresult* result) {
  if (pending.step == Step::kPrepare) pending.statement->state = Statement::State::kOnce;
  if (PQresultStatus(result) == PGRES_FATAL_ERROR && !batch_failure_) {
    const std::string sqlstate = field_of(result, PG_DIAG_SQLSTATE);
    if (field_of(result, PG_DIAG_SEVERITY_NONLOCALIZED) != "ERROR" || spoils(sqlstate)) spoil();
    batch_failure_ = std::make_exception_ptr(
        SqlError(sqlstate, field_of(result, PG_DIAG_CONSTRAINT_NAME), message_of(result)));
  }
  PQclear(result);
}

void Connection::end_batch(std::size_t end) {
  for (; batch_start_ < end; ++batch_start_) {
    Outcome& outcome = outcomes_[batch_start_];
    if (!outcome.done) outcome.failure = batch_failure_;
    outcome.done = true;
  }
  batch_failure_ = nullptr;
}

void Connection::on_notice(void* self, const PGresult* notice) {
  // The text is in the server's language; the function's name is not.
  const char* function = PQresultErrorField(notice, PG_DIAG_SOURCE_FUNCTION);
  if (function && std::strcmp(function, "SyncRepWaitForLSN") == 0) {
    static_cast<Connection*>(self)->standby_wait_cancelled_ = true;
  }
}

}  // namespace bordero::pg
