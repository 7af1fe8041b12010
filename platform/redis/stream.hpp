#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <optional>
#include <string>
#include <utility>

#include "platform/base/async.hpp"

namespace bordero::redis {

// Bytes to and from a store, whatever they travel through.
class Stream {
 public:
  using Endpoint = asio::generic::stream_protocol::endpoint;
  using Outcome = std::pair<boost::system::error_code, std::size_t>;

  explicit Stream(const asio::any_io_executor& executor) : socket_(executor) {}

  awaitable<boost::system::error_code> connect(Endpoint endpoint);
  // The certificate must be of `host`. Throws Broken when our own cannot be read.
  awaitable<boost::system::error_code> shake_hands(std::string host);
  awaitable<Outcome> read_some(asio::mutable_buffer buffer);
  awaitable<boost::system::error_code> write(const std::string& bytes);
  void close();

 private:
  asio::generic::stream_protocol::socket socket_;
  std::optional<asio::ssl::context> context_;
  std::optional<asio::ssl::stream<asio::generic::stream_protocol::socket&>> tls_;
};

}  // namespace bordero::redis
