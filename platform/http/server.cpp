#include "platform/http/server.hpp"

#include <sys/socket.h>

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "platform/base/env.hpp"
#include "platform/base/log.hpp"
#include "platform/http/connection.hpp"
#include "platform/http/wire_text.hpp"

namespace bordero::httpd {
namespace {

using asio::ip::tcp;

// For so long a kept connection that is silent may send one more request, which is answered with
// `Connection: close`: ended at once, it would lose one that is on its way.
constexpr std::chrono::milliseconds kFarewell{500};

tcp::endpoint endpoint_of(const std::string& address) {
  const std::size_t colon = address.rfind(':');
  boost::system::error_code error;
  const auto host = asio::ip::make_address(address.substr(0, colon), error);
  const std::string port = colon == std::string::npos ? "" : address.substr(colon + 1);
  const bool digits = !port.empty() && port.size() <= 5 &&
                      port.find_first_not_of("0123456789") == std::string::npos;
  if (error || !digits || std::stoi(port) > 65535) {
    throw env::BadSetting("an address to listen on is <ip>:<port>, not " + address);
  }
  return {host, static_cast<std::uint16_t>(std::stoi(port))};
}

}  // namespace

std::string_view Request::header(std::string_view lower_name) const {
  for (const auto& [name, value] : headers) {
    if (name == lower_name) return value;
  }
  return {};
}

int Request::header_count(std::string_view lower_name) const {
  return static_cast<int>(std::count_if(headers.begin(), headers.end(), [&](const auto& header) {
    return header.first == lower_name;
  }));
}

namespace {

void end_unless_busy(const Shared& shared) {
  // Ending one may take it out of the set.
  const auto connections = shared.connections;
  for (Connection* connection : connections) connection->end_unless_busy();
}

awaitable<void> part(std::shared_ptr<Shared> shared) {
  asio::steady_timer timer(co_await asio::this_coro::executor, kFarewell);
  co_await timer.async_wait(asio::as_tuple(asio::use_awaitable));
  end_unless_busy(*shared);
}

}  // namespace

struct Server::State {
  State(asio::any_io_executor executor, const tcp::endpoint& endpoint) : acceptor(executor) {
    acceptor.open(endpoint.protocol());
    acceptor.set_option(tcp::acceptor::reuse_address(true));
    const int on = 1;
    setsockopt(acceptor.native_handle(), SOL_SOCKET, SO_REUSEPORT, &on, sizeof on);
    acceptor.bind(endpoint);
    acceptor.listen(1024);
  }

  tcp::acceptor acceptor;
  std::shared_ptr<Shared> shared = std::make_shared<Shared>();

  // At the bound a silent connection gives way; when all work, the new one is refused.
  void make_room() {
    if (static_cast<int>(shared->connections.size()) < shared->limits.connections) return;
    for (Connection* connection : shared->connections) {
      if (connection->idle()) return connection->end_unless_busy();
    }
  }

  void admit(tcp::socket socket, const std::string& address) {
    make_room();
    const auto executor = socket.get_executor();
    const auto connection = std::make_shared<Connection>(std::move(socket), address, shared);
    const bool full =
        static_cast<int>(shared->connections.size()) > shared->limits.connections + 1 ||
        shared->crowded(address);
    if (full) {
      asio::co_spawn(executor, connection->refuse({503, "too_many_connections"}), asio::detached);
    } else {
      asio::co_spawn(executor, connection->run(), asio::detached);
    }
  }

  static awaitable<void> accept(std::shared_ptr<State> self) {
    constexpr auto kTuple = asio::as_tuple(asio::use_awaitable);
    while (self->acceptor.is_open()) {
      auto [error, socket] = co_await self->acceptor.async_accept(kTuple);
      if (error == asio::error::operation_aborted) break;
      if (error) {  // The client went before it was taken, or descriptors ran out.
        asio::steady_timer pause(self->acceptor.get_executor(), std::chrono::milliseconds(20));
        co_await pause.async_wait(kTuple);
        continue;
      }
      self->welcome(std::move(socket));
    }
  }

  void welcome(tcp::socket socket) {
    boost::system::error_code gone;
    const auto peer = socket.remote_endpoint(gone);
    if (gone) return;
    std::string address = plain_address(peer.address().to_string());
    if (address.empty()) address = peer.address().to_string();  // Of one link: it has a zone.
    admit(std::move(socket), address);
  }

  // Whoever has connected already is served: closing alone would reset them.
  void close_door() {
    boost::system::error_code error;
    acceptor.non_blocking(true, error);
    while (!error) {
      tcp::socket socket(acceptor.get_executor());
      acceptor.accept(socket, error);
      if (!error) welcome(std::move(socket));
    }
    acceptor.close(error);
  }
};

Server::Server(asio::any_io_executor executor, const std::string& address, Limits limits,
               std::vector<std::pair<std::string, std::string>> fixed_headers, Handler handler,
               const Proxies& proxies)
    : state_(std::make_shared<State>(executor, endpoint_of(address))) {
  state_->shared->limits = limits;
  state_->shared->handler = std::move(handler);
  state_->shared->trusted = Networks(proxies.networks);
  state_->shared->forwarded_by = proxies.header;
  state_->shared->proxy_protocol = proxies.proxy_protocol;
  for (const auto& [name, value] : fixed_headers) {
    const bool of_tls = name == "Strict-Transport-Security";
    append_header(of_tls ? state_->shared->tls_headers : state_->shared->fixed_headers, name,
                  value);
  }
  asio::co_spawn(executor, State::accept(state_), asio::detached);
}

Server::~Server() {
  drain();
  end_unless_busy(*state_->shared);
}

int Server::port() const { return state_->acceptor.local_endpoint().port(); }

void Server::drain() {
  const std::shared_ptr<Shared> shared = state_->shared;
  if (shared->draining) return;
  state_->close_door();
  shared->draining = true;
  const auto connections = shared->connections;
  for (Connection* connection : connections) {
    if (connection->streams()) connection->end_unless_busy();
  }
  asio::co_spawn(state_->acceptor.get_executor(), part(shared), asio::detached);
}

int Server::open_requests() const {
  const Shared& shared = *state_->shared;
  if (!shared.draining) return shared.open_requests;
  const auto idle = [](const Connection* connection) { return connection->idle(); };
  return shared.open_requests + static_cast<int>(std::count_if(shared.connections.begin(),
                                                               shared.connections.end(), idle));
}

}  // namespace bordero::httpd
