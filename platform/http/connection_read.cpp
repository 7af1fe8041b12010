#include "platform/http/connection.hpp"

// The only unit that sees Beast: it costs more to compile than all the rest of the server.
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <optional>

#include "platform/http/wire_text.hpp"

namespace bordero::httpd {
namespace {

namespace http = boost::beast::http;
using std::chrono::steady_clock;

constexpr auto kTuple = asio::as_tuple(asio::use_awaitable);
constexpr auto kSlowAfter = std::chrono::seconds(5);

}  // namespace

struct Connection::Buffer {
  explicit Buffer(const Limits& limits)
      : bytes(limits.header_bytes + limits.url_bytes + 64 * 1024) {}

  std::string_view view() const {
    return {static_cast<const char*>(bytes.data().data()), bytes.size()};
  }

  boost::beast::flat_buffer bytes;
  std::optional<http::request_parser<http::string_body>> parser;
};

Connection::Connection(asio::ip::tcp::socket socket, std::string address,
                       std::shared_ptr<Shared> shared)
    : socket_(std::move(socket)),
      timer_(socket_.get_executor()),
      peer_{.address = std::move(address), .secure = {}},
      shared_(std::move(shared)),
      buffer_(std::make_unique<Buffer>(shared_->limits)) {
  shared_->connections.insert(this);
  ++shared_->per_address[peer_.address];
}

Connection::~Connection() {
  shared_->connections.erase(this);
  const auto counted = shared_->per_address.find(peer_.address);
  if (--counted->second == 0) shared_->per_address.erase(counted);
}

bool Shared::crowded(const std::string& address) const {
  if (trusted.contains(address)) return false;
  const auto counted = per_address.find(address);
  return counted != per_address.end() && counted->second > limits.connections_per_address;
}

void Connection::come_from(const std::string& address) {
  const auto counted = shared_->per_address.find(peer_.address);
  if (--counted->second == 0) shared_->per_address.erase(counted);
  peer_.address = address;
  ++shared_->per_address[address];
}

bool Connection::has_bytes() const { return buffer_->bytes.size() > 0; }

awaitable<bool> Connection::read_more() {
  if (timed_out_) co_return false;
  const auto space = buffer_->bytes.prepare(8 * 1024);
  const auto [error, size] = co_await socket_.async_read_some(space, kTuple);
  buffer_->bytes.commit(size);
  co_return !error;
}

// What a trusted proxy says of the connection before the first request. Without it, or with
// something else, there is nobody to answer.
awaitable<bool> Connection::read_proxy() {
  if (!shared_->proxy_protocol || !shared_->trusted.contains(peer_.address)) co_return true;
  arm(shared_->limits.header_time);
  for (;;) {
    const ProxyHeader header = read_proxy_header(buffer_->view());
    if (header.state == ProxyHeader::State::bad) co_return false;
    if (header.state == ProxyHeader::State::complete) {
      buffer_->bytes.consume(header.size);
      peer_.secure = header.secure;
      if (!header.address.empty()) come_from(header.address);
      break;
    }
    if (!co_await read_more()) co_return false;
  }
  disarm();
  if (!shared_->crowded(peer_.address)) co_return true;
  co_await fail({503, "too_many_connections"});
  co_return false;
}

// The size of the head, or 0 after the connection ended or was answered a fault.
awaitable<std::size_t> Connection::read_head() {
  const Limits& limits = shared_->limits;
  HeadEnd end;
  for (;;) {
    end = find_head_end(buffer_->view(), end.scanned);
    if (end.bad) {
      co_await fail({});
      co_return 0;
    }
    if (end.size > 0) co_return end.size;
    if (buffer_->bytes.size() > limits.header_bytes + limits.url_bytes) {
      const bool in_line = buffer_->view().find('\n') == std::string_view::npos;
      co_await fail(in_line ? Fault{414, "url_too_long"} : Fault{431, "headers_too_large"});
      co_return 0;
    }
    if (!co_await read_more()) {
      if (timed_out_ && phase_ == Phase::reading) co_await fail({408, "request_too_slow"});
      co_return 0;
    }
    if (phase_ == Phase::idle) {
      phase_ = Phase::reading;
      arm(limits.header_time);
    }
  }
}

awaitable<bool> Connection::read_request(Request& request) {
  const std::size_t size = co_await read_head();
  if (size == 0) co_return false;
  if (const auto fault = check_head(buffer_->view().substr(0, size), shared_->limits)) {
    co_await fail(*fault);
    co_return false;
  }

  auto& parser = buffer_->parser.emplace();
  parser.eager(false);
  parser.header_limit(static_cast<std::uint32_t>(size + 1024));
  parser.body_limit(shared_->limits.body_bytes);
  boost::system::error_code error;
  const std::size_t used = parser.put(buffer_->bytes.data(), error);
  buffer_->bytes.consume(used);
  if (error == http::error::body_limit) {
    co_await fail({413, "body_too_large"});
    co_return false;
  }
  const auto target = parser.get().target();
  if (error || !parser.is_header_done() ||
      !decode_target({target.data(), target.size()}, request)) {
    co_await fail({});
    co_return false;
  }
  co_return co_await read_body(request);
}

awaitable<bool> Connection::read_body(Request& request) {
  auto& parser = *buffer_->parser;
  const auto& message = parser.get();
  request.method = std::string(message.method_string());
  // Copied before the body is read: trailers would land among the headers.
  for (const auto& field : message) {
    const auto name = field.name_string();
    const auto value = field.value();
    request.headers.emplace_back(lower({name.data(), name.size()}),
                                 std::string(value.data(), value.size()));
  }
  Origin origin = origin_of(request, peer_, shared_->trusted, shared_->forwarded_by);
  request.address = std::move(origin.address);
  request.secure = secure_ = origin.secure;
  keep_ = keep_ && message.keep_alive();
  if (!parser.is_done() && request.header("expect") == "100-continue") {
    const std::string go_on = "HTTP/1.1 100 Continue\r\n\r\n";
    co_await asio::async_write(socket_, asio::buffer(go_on), kTuple);
  }
  if (!co_await read_rest_of_body()) co_return false;
  request.body = std::move(parser.get().body());
  co_return true;
}

awaitable<bool> Connection::read_rest_of_body() {
  auto& parser = *buffer_->parser;
  parser.eager(true);
  arm(shared_->limits.body_time);
  const auto start = steady_clock::now();
  std::size_t received = 0;
  while (!parser.is_done()) {
    const auto [error, size] =
        co_await http::async_read_some(socket_, buffer_->bytes, parser, kTuple);
    received += size;
    const auto taken = steady_clock::now() - start;
    const double least = std::chrono::duration<double>(taken).count() *
                         static_cast<double>(shared_->limits.body_bytes_a_second);
    const bool slow = taken > kSlowAfter && static_cast<double>(received) < least;
    if (error == http::error::body_limit) {
      co_await fail({413, "body_too_large"});
    } else if (timed_out_ || slow) {
      co_await fail({408, "request_too_slow"});
    } else if (error == http::error::end_of_stream || error == http::error::partial_message) {
      keep_ = false;
    } else if (error) {
      co_await fail({});
    } else {
      continue;
    }
    co_return false;
  }
  co_return true;
}

}  // namespace bordero::httpd
