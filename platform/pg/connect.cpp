#include <boost/asio/as_tuple.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <unistd.h>

#include "platform/base/log.hpp"
#include "platform/pg/connection.hpp"

// How a Connection comes to be.
namespace bordero::pg {

awaitable<void> Connection::connect(const ConnInfo& info, Deadline deadline) {
  for (std::size_t host = 0; host < info.hosts(); ++host) {
    const std::vector<Target> targets = co_await info.targets(host);
    for (const Target& target : targets) {
      const Deadline limit = std::chrono::steady_clock::now() + info.host_timeout();
      const bool connected = co_await connect_to(target, std::min(limit, deadline));
      if (connected) co_return;
    }
  }
  lost_ = true;
  throw Lost("no connection to the database");
}

awaitable<bool> Connection::connect_to(const Target& target, Deadline deadline) {
  std::vector<const char*> keywords;
  std::vector<const char*> values;
  for (const auto& [keyword, value] : target.settings) {
    keywords.push_back(keyword.c_str());
    values.push_back(value.c_str());
  }
  keywords.push_back(nullptr);
  values.push_back(nullptr);

  close();
  connection_ = PQconnectStartParams(keywords.data(), values.data(), 0);
  if (!connection_) throw std::bad_alloc();
  auto polled = PGRES_POLLING_FAILED;
  if (PQstatus(connection_) != CONNECTION_BAD) polled = co_await poll_until(deadline);
  if (polled != PGRES_POLLING_OK) {
    log::debug("the database refused a connection", {{"said", PQerrorMessage(connection_)}});
    co_return false;
  }
  enter_pipeline();
  co_return true;
}

awaitable<PostgresPollingStatusType> Connection::poll_until(Deadline deadline) {
  using namespace asio::experimental::awaitable_operators;
  using Descriptor = asio::posix::stream_descriptor;
  constexpr auto as_tuple = asio::as_tuple(asio::use_awaitable);
  asio::steady_timer timer(executor_, deadline);
  auto wish = PGRES_POLLING_WRITING;
  while (wish == PGRES_POLLING_READING || wish == PGRES_POLLING_WRITING) {
    // libpq may change sockets between polls and get the same number again, which epoll would not
    // notice: each wait has a duplicate of its own.
    Descriptor socket(executor_, dup(PQsocket(connection_)));
    const auto what =
        wish == PGRES_POLLING_READING ? Descriptor::wait_read : Descriptor::wait_write;
    const auto first = co_await (socket.async_wait(what, as_tuple) || timer.async_wait(as_tuple));
    if (first.index() == 1) co_return PGRES_POLLING_FAILED;
    wish = PQconnectPoll(connection_);
  }
  co_return wish;
}

void Connection::enter_pipeline() {
  PQsetNoticeReceiver(connection_, &Connection::on_notice, this);
  if (PQsetnonblocking(connection_, 1) != 0 || PQenterPipelineMode(connection_) != 1) {
    lose("the database connection has no pipeline");
  }
  socket_.emplace(executor_, PQsocket(connection_));
  statement_limit_ = std::chrono::milliseconds(10'000);
}

}  // namespace bordero::pg
