#include "platform/pg/database.hpp"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "platform/pg/idempotency.hpp"
#include "platform/pg/transaction_state.hpp"

namespace bordero::pg {
namespace {

constexpr int kKeyTries = 6;
constexpr std::chrono::milliseconds kKeyPause{10};

}  // namespace

Database::Database(asio::any_io_executor executor, Settings settings)
    : pool_(std::make_shared<Pool>(std::move(executor), std::move(settings))) {}

Database::~Database() { pool_->close(); }

awaitable<Result<Transaction>> Database::open(const Context& context, bool reading) {
  // The frame keeps the pool, should the database go while it waits.
  const auto pool = pool_;
  CO_TRY(auto connection, co_await pool->take(context.deadline));
  auto state = std::make_unique<Transaction::State>(pool, std::move(connection), context, reading);
  state->start();
  co_return Transaction(std::move(state));
}

awaitable<Result<Transaction>> Database::begin(Context& context) {
  CO_TRY(Transaction tx, co_await open(context, false));
  tx.execute("BEGIN");
  if (context.idempotency_key.empty()) co_return tx;

  // A refused try rolls back behind its answer, so its key may be free a moment later.
  for (int tries = 1;; ++tries) {
    const auto lock = tx.prefetch(idempotency::kLock, idempotency::lock_of(context));
    const auto kept = tx.prefetch(idempotency::kFind, context.caller.actor(), context.method,
                                  context.idempotency_key);
    const Rows lock_rows = co_await tx.rows_of(lock);
    const Rows kept_rows = co_await tx.rows_of(kept);
    auto decided = idempotency::decide(context, lock_rows, kept_rows);
    if (decided) co_return tx;
    const bool busy = decided.error().kind == ErrorKind::refused;
    if (!busy || tries == kKeyTries) co_return std::move(decided).error();
    const auto executor = co_await asio::this_coro::executor;
    asio::steady_timer pause(executor, kKeyPause);
    co_await pause.async_wait(asio::use_awaitable);
  }
}

awaitable<Result<Transaction>> Database::read(Context& context) { return open(context, true); }

awaitable<bool> Database::healthy() {
  if (pool_->answered_lately()) co_return true;
  Context context = system_context("health", std::chrono::seconds(1));
  try {
    auto tx = co_await read(context);
    if (!tx) co_return false;
    co_await tx->query("SELECT 1");
  } catch (const Broken&) {
    co_return false;
  }
  co_return true;
}

}  // namespace bordero::pg
