#include "platform/pg/pool.hpp"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "platform/base/log.hpp"
#include "platform/base/secret.hpp"

namespace bordero::pg {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr milliseconds kTick{25};
constexpr milliseconds kFirstBackoff{50};
constexpr milliseconds kLongestBackoff{1000};
constexpr std::chrono::seconds kRecycling{15};  // Longer than a statement may run.

}  // namespace

// Somebody in line. Leaves the line when its coroutine goes, whatever the reason.
struct Pool::Waiter {
  Waiter(Pool& pool, Deadline deadline) : pool(pool), timer(pool.executor_, deadline) {
    pool.waiters_.push_back(this);
    pool.waiting_gauge_.add(1);
  }
  ~Waiter() {
    std::erase(pool.waiters_, this);
    pool.waiting_gauge_.add(-1);
    if (given) pool.give_back(std::move(given));
  }
  Waiter(const Waiter&) = delete;
  Waiter& operator=(const Waiter&) = delete;

  Pool& pool;
  asio::steady_timer timer;
  std::unique_ptr<Connection> given;
};

Pool::Pool(asio::any_io_executor executor, Settings settings)
    : executor_(std::move(executor)),
      settings_(std::move(settings)),
      timer_(executor_),
      in_use_gauge_(telemetry::gauge("bordero_pg_connections_in_use", "Connections at work.",
                                     {{"service", settings_.application_name}})),
      waiting_gauge_(telemetry::gauge("bordero_pg_waiting", "Requests in line for a connection.",
                                      {{"service", settings_.application_name}})),
      statements_(telemetry::counter("bordero_pg_statements_total", "Statements sent.",
                                     {{"service", settings_.application_name}})),
      failures_(telemetry::counter("bordero_pg_failures_total",
                                   "Statements failed and connections lost.",
                                   {{"service", settings_.application_name}})),
      connects_(telemetry::counter("bordero_pg_connects_total", "Connections made.",
                                   {{"service", settings_.application_name}})) {
  // A malformed string stops the start.
  const ConnInfo checked(read_secret(settings_.dsn), settings_.application_name);
}

awaitable<Result<std::unique_ptr<Connection>>> Pool::take(Deadline deadline) {
  for (;;) {
    if (auto connection = take_idle()) co_return connection;
    if (total_ < settings_.pool_size && !down()) {
      if (auto connection = co_await connect(deadline)) co_return connection;
    }
    if (total_ == 0 || closed_) co_return unavailable("database_down");
    if (static_cast<int>(waiters_.size()) >= settings_.max_waiting) break;
    if (auto connection = co_await wait_in_line(deadline)) co_return connection;
    if (steady_clock::now() >= deadline) break;
  }
  co_return unavailable("database_busy");
}

std::unique_ptr<Connection> Pool::take_idle() {
  while (!idle_.empty()) {
    auto connection = std::move(idle_.back().connection);
    idle_.pop_back();
    if (connection->start()) {
      track(connection.get());
      return connection;
    }
    --total_;
  }
  return nullptr;
}

awaitable<std::unique_ptr<Connection>> Pool::connect(Deadline deadline) {
  // The place is taken while connecting and given up when that fails or is cancelled.
  struct Place {
    Pool& pool;
    bool kept = false;
    explicit Place(Pool& pool) : pool(pool) { ++pool.total_; }
    ~Place() {
      if (kept) return;
      --pool.total_;
      pool.wake_next();
    }
  } place(*this);

  auto connection = std::make_unique<Connection>(executor_);
  try {
    // Read anew, since the file with it may have been replaced.
    const ConnInfo info(read_secret(settings_.dsn), settings_.application_name);
    co_await connection->connect(info, deadline);
  } catch (const Broken& broken) {
    backoff_ = std::clamp(backoff_ * 2, kFirstBackoff, kLongestBackoff);
    down_until_ = steady_clock::now() + backoff_;
    failures_.add();
    log::warning("no connection to the database",
                 {{"service", settings_.application_name}, {"detail", broken.what()}});
    connection.reset();
  }
  if (!connection) co_return nullptr;
  place.kept = true;
  backoff_ = milliseconds(0);
  down_until_ = {};
  connects_.add();
  track(connection.get());
  co_return connection;
}

awaitable<std::unique_ptr<Connection>> Pool::wait_in_line(Deadline deadline) {
  Waiter waiter(*this, deadline);
  co_await waiter.timer.async_wait(asio::as_tuple(asio::use_awaitable));
  co_return std::move(waiter.given);
}

void Pool::wake_next() {
  // The first of the line looks for itself: there may be room for a new connection. With no
  // connection left nobody would wake the others, so all of them look.
  do {
    if (waiters_.empty()) return;
    Waiter* next = waiters_.front();
    waiters_.pop_front();
    next->timer.cancel();
  } while (total_ == 0);
}

void Pool::give_back(std::unique_ptr<Connection> connection) {
  if (closed_ || connection->lost()) return drop(std::move(connection));
  if (connection->reusable()) return settle_down(std::move(connection));
  start_recycling(std::move(connection), steady_clock::now() + kRecycling);
}

void Pool::abandon(std::unique_ptr<Connection> connection) {
  connection->spoil();
  if (closed_ || connection->lost()) return drop(std::move(connection));
  start_recycling(std::move(connection), Deadline::max());
}

void Pool::start_recycling(std::unique_ptr<Connection> connection, Deadline deadline) {
  asio::co_spawn(executor_, recycle(shared_from_this(), std::move(connection), deadline),
                 asio::detached);
}

awaitable<void> Pool::recycle(std::shared_ptr<Pool> pool, std::unique_ptr<Connection> connection,
                              Deadline deadline) {
  connection->set_deadline(deadline);
  try {
    // Twice, since a failure skips what follows it in its batch.
    for (int i = 0; i < 2 && !(connection->settled() && connection->idle()); ++i) {
      connection->send("ROLLBACK", {});
      co_await connection->settle();
    }
  } catch (const std::exception&) {
    pool->failures_.add();
    connection->spoil();
  }
  if (connection->reusable() && !pool->closed_) {
    pool->settle_down(std::move(connection));
  } else {
    pool->drop(std::move(connection));
  }
}

void Pool::settle_down(std::unique_ptr<Connection> connection) {
  if (!waiters_.empty()) {
    if (!connection->start()) return drop(std::move(connection));
    Waiter* next = waiters_.front();
    waiters_.pop_front();
    next->given = std::move(connection);
    next->timer.cancel();
    return;
  }
  untrack(connection.get());
  idle_.push_back({std::move(connection), steady_clock::now()});
  retire_idle();
}

// A session costs the server memory for what it has prepared and read. One stays, so that a quiet
// service answers at once. Looked at whenever one comes back: no timer keeps a loop alive for it.
void Pool::retire_idle() {
  const auto oldest = steady_clock::now() - settings_.idle_limit;
  while (idle_.size() > 1 && idle_.front().since <= oldest) {
    idle_.erase(idle_.begin());
    --total_;
  }
}

void Pool::track(Connection* connection) {
  active_.push_back(connection);
  in_use_gauge_.add(1);
  watch();
}

void Pool::untrack(Connection* connection) {
  std::erase(active_, connection);
  in_use_gauge_.add(-1);
}

void Pool::drop(std::unique_ptr<Connection> connection) {
  untrack(connection.get());
  connection.reset();
  --total_;
  wake_next();
}

void Pool::watch() {
  if (watching_) return;
  watching_ = true;
  timer_.expires_after(kTick);
  timer_.async_wait([weak = weak_from_this()](const boost::system::error_code& error) {
    const auto self = weak.lock();
    if (self && !error) self->tick();
  });
}

void Pool::tick() {
  watching_ = false;
  const auto now = steady_clock::now();
  for (Connection* connection : active_) {
    if (connection->waiting_beyond(now)) connection->expire();
  }
  if (!active_.empty()) watch();
}

void Pool::close() {
  closed_ = true;
  idle_.clear();
  timer_.cancel();
  while (!waiters_.empty()) wake_next();
}

}  // namespace bordero::pg
