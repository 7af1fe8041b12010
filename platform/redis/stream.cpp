#include "platform/redis/stream.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include "platform/tls/tls.hpp"

namespace bordero::redis {
namespace {

using boost::system::error_code;

constexpr auto kDone = asio::as_tuple(asio::use_awaitable);

}  // namespace

awaitable<error_code> Stream::connect(Endpoint endpoint) {
  const bool over_ip = endpoint.protocol().family() != asio::local::stream_protocol().family();
  const auto [failed] = co_await socket_.async_connect(endpoint, kDone);
  if (failed) co_return failed;
  // Questions are small and wait for their answers.
  error_code ignored;
  if (over_ip) socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
  co_return error_code();
}

awaitable<error_code> Stream::shake_hands(std::string host) {
  context_.emplace(asio::ssl::context::tls_client);
  tls::set_up_client(context_->native_handle(), host);
  tls_.emplace(socket_, *context_);
  const auto [failed] = co_await tls_->async_handshake(asio::ssl::stream_base::client, kDone);
  co_return failed;
}

awaitable<Stream::Outcome> Stream::read_some(asio::mutable_buffer buffer) {
  if (tls_) {
    const auto [failed, size] = co_await tls_->async_read_some(buffer, kDone);
    co_return Outcome(failed, size);
  }
  const auto [failed, size] = co_await socket_.async_read_some(buffer, kDone);
  co_return Outcome(failed, size);
}

awaitable<error_code> Stream::write(const std::string& bytes) {
  const auto buffer = asio::buffer(bytes);
  if (tls_) {
    const auto [failed, written] = co_await asio::async_write(*tls_, buffer, kDone);
    co_return failed;
  }
  const auto [failed, written] = co_await asio::async_write(socket_, buffer, kDone);
  co_return failed;
}

void Stream::close() {
  error_code ignored;
  socket_.close(ignored);
}

}  // namespace bordero::redis
