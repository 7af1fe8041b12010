#include "bordero/common/v1/common.pb.h"
#include "platform/base/error.hpp"
#include "platform/pg/idempotency.hpp"
#include "platform/pg/transaction_state.hpp"

namespace bordero::pg {
namespace {

using std::chrono::milliseconds;

// Few different limits, so that a session seldom has to be told another one.
milliseconds statement_limit(milliseconds left) {
  for (const int limit : {100, 200, 500, 1000, 2000, 5000, 10'000, 30'000, 60'000, 300'000}) {
    if (left <= milliseconds(limit)) return milliseconds(limit);
  }
  return std::chrono::hours(1);
}

}  // namespace

Transaction::State::State(std::shared_ptr<Pool> pool, std::unique_ptr<Connection> connection,
                          const Context& context, bool reading)
    : pool(std::move(pool)),
      connection(std::move(connection)),
      context(context),
      reading(reading) {}

void Transaction::State::start() {
  connection->set_deadline(context.deadline);
  connection->limit_statements(statement_limit(context.time_left()));
}

Transaction::State::~State() {
  if (connection) pool->give_back(std::move(connection));
}

Connection& Transaction::State::live() {
  ensure(connection != nullptr, "a transaction is used before its commit, not after");
  return *connection;
}

awaitable<void> Transaction::State::settle() {
  if (failure) std::rethrow_exception(failure);
  try {
    co_await live().settle();
  } catch (const Lost&) {
    pool->count_failure();
    failure = std::current_exception();
  }
  if (failure) std::rethrow_exception(failure);
  pool->answered();
  throw_new_failures();
}

void Transaction::State::throw_new_failures() {
  pool->count_statements(connection->sent() - checked);
  std::exception_ptr found;
  for (; checked < connection->sent(); ++checked) {
    if (!found) found = connection->outcome(checked).failure;
  }
  if (!found) return;
  pool->count_failure();
  if (!reading) failure = found;
  std::rethrow_exception(found);
}

void Transaction::State::keep_reply(const std::string& reply, const std::string& type) {
  idempotency::check_reply_type(context, type);
  live().send(
      idempotency::kKeep,
      Transaction::params_of(context.caller.actor(), context.method, context.idempotency_key,
                             context.request_digest, Bytes{reply}, type));
}

awaitable<void> Transaction::State::commit() {
  const std::size_t number = live().send("COMMIT", {});
  bool unknown = false;
  try {
    co_await connection->settle();
  } catch (...) {
    // The COMMIT may have reached the server, whatever ended the wait.
    unknown = true;
  }
  if (unknown || connection->standby_wait_cancelled()) {
    pool->count_failure();
    pool->abandon(std::move(connection));
    throw OutcomeUnknown("the fate of a commit is unknown");
  }
  throw_new_failures();
  if (connection->outcome(number).result->command() != "COMMIT") {
    throw Broken("the database rolled back instead of committing");
  }
  pool->give_back(std::move(connection));
}

Transaction::Transaction(std::unique_ptr<State> state) : state_(std::move(state)) {}
Transaction::Transaction(Transaction&&) noexcept = default;
Transaction& Transaction::operator=(Transaction&&) noexcept = default;
Transaction::~Transaction() = default;

std::size_t Transaction::queue(std::string_view sql, std::vector<Param> params) {
  // After a failure the server would refuse it; the failure surfaces at the next await.
  if (state_->failure) return 0;
  return state_->live().send(sql, params);
}

awaitable<std::shared_ptr<const ResultSet>> Transaction::result_of(std::size_t ticket) {
  if (state_->failure) std::rethrow_exception(state_->failure);
  if (!state_->live().outcome(ticket).done) co_await state_->settle();
  Outcome& outcome = state_->live().outcome(ticket);
  if (outcome.failure) std::rethrow_exception(outcome.failure);
  ensure(outcome.result != nullptr, "a ticket is redeemed once");
  co_return std::move(outcome.result);
}

awaitable<Rows> Transaction::rows_of(std::size_t ticket) {
  const auto result = co_await result_of(ticket);
  Rows rows;
  rows.reserve(static_cast<std::size_t>(result->size()));
  for (int i = 0; i < result->size(); ++i) rows.emplace_back(result, i);
  co_return rows;
}

awaitable<std::optional<Row>> Transaction::one_of(std::size_t ticket) {
  auto result = co_await result_of(ticket);
  ensure(result->size() <= 1, "a query for one row finds one row");
  if (result->size() == 0) co_return std::nullopt;
  co_return Row(std::move(result), 0);
}

awaitable<int> Transaction::touched_by(std::size_t ticket) {
  const auto result = co_await result_of(ticket);
  co_return result->touched();
}

awaitable<Rows> Transaction::query_with(std::string sql, std::vector<Param> params) {
  return rows_of(queue(sql, std::move(params)));
}

std::size_t Transaction::prefetch_with(std::string sql, std::vector<Param> params) {
  return queue(sql, std::move(params));
}

awaitable<Result<void>> Transaction::commit() { return commit(common::v1::Empty()); }

awaitable<Result<void>> Transaction::commit(const google::protobuf::Message& reply) {
  const bool keyed = !state_->context.idempotency_key.empty();
  const bool keeps = keyed && !state_->reading && !state_->failure;
  if (keeps) state_->keep_reply(reply.SerializeAsString(), reply.GetTypeName());
  return finish();
}

awaitable<Result<void>> Transaction::finish() {
  if (state_->reading) {
    if (!state_->live().settled()) co_await state_->settle();
    co_return Result<void>();
  }
  if (state_->failure) std::rethrow_exception(state_->failure);
  // Too late already: better surely nothing than perhaps something.
  if (state_->context.time_left().count() <= 0) co_return unavailable("deadline_exceeded");
  co_await state_->commit();
  const auto actions = std::move(state_->after_commit);
  for (const auto& action : actions) action();
  co_return Result<void>();
}

void Transaction::after_commit(std::function<void()> action) {
  state_->after_commit.push_back(std::move(action));
}

const Context& Transaction::context() const { return state_->context; }

}  // namespace bordero::pg
