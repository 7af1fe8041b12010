#include "platform/http/connection.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <optional>

#include "platform/base/log.hpp"
#include "platform/http/wire_text.hpp"

namespace bordero::httpd {
namespace {

namespace http = boost::beast::http;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr auto kTuple = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t kLingerBytes = 4 * 1024 * 1024;
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

class Connection::Writer : public StreamWriter {
 public:
  explicit Writer(Connection& connection) : connection_(connection) {}

  awaitable<bool> write(std::string chunk) override {
    if (gone_ || chunk.empty()) co_return !gone_;
    const std::string framed = chunk_of(chunk);
    connection_.arm(connection_.shared_->limits.write_time);
    const auto [error, size] =
        co_await asio::async_write(connection_.socket_, asio::buffer(framed), kTuple);
    connection_.disarm();
    if (error) gone_ = true;
    co_return !gone_;
  }
  bool gone() const override { return gone_; }

 private:
  Connection& connection_;
  bool gone_ = false;
};

Connection::Connection(asio::ip::tcp::socket socket, std::string address,
                       std::shared_ptr<Shared> shared)
    : socket_(std::move(socket)),
      timer_(socket_.get_executor()),
      address_(std::move(address)),
      shared_(std::move(shared)),
      buffer_(std::make_unique<Buffer>(shared_->limits)) {
  shared_->connections.insert(this);
  ++shared_->per_address[address_];
}

Connection::~Connection() {
  shared_->connections.erase(this);
  const auto counted = shared_->per_address.find(address_);
  if (--counted->second == 0) shared_->per_address.erase(counted);
}

void Connection::arm(milliseconds time) {
  timed_out_ = false;
  timer_.expires_after(time);
  timer_.async_wait([self = shared_from_this(), wait = ++armed_](boost::system::error_code error) {
    if (error || wait != self->armed_) return;
    self->timed_out_ = true;
    self->socket_.cancel();
  });
}

void Connection::disarm() {
  ++armed_;
  timer_.cancel();
}

void Connection::end_unless_busy() {
  keep_ = false;
  if (phase_ == Phase::idle || phase_ == Phase::streaming) socket_.cancel();
}

awaitable<bool> Connection::read_more() {
  if (timed_out_) co_return false;
  const auto space = buffer_->bytes.prepare(8 * 1024);
  const auto [error, size] = co_await socket_.async_read_some(space, kTuple);
  buffer_->bytes.commit(size);
  co_return !error;
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
  request.address = address_;
  // Copied before the body is read: trailers would land among the headers.
  for (const auto& field : message) {
    const auto name = field.name_string();
    const auto value = field.value();
    request.headers.emplace_back(lower({name.data(), name.size()}),
                                 std::string(value.data(), value.size()));
  }
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

awaitable<void> Connection::run() {
  const auto self = shared_from_this();
  boost::system::error_code ignored;
  socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
  bool first = true;
  while (keep_ && !shared_->draining) {
    // A connection just made has no business being silent.
    arm(first ? shared_->limits.header_time : shared_->limits.idle_time);
    phase_ = buffer_->bytes.size() > 0 ? Phase::reading : Phase::idle;
    if (phase_ == Phase::reading) arm(shared_->limits.header_time);
    first = false;
    Request request;
    const bool read = co_await read_request(request);
    disarm();
    if (!read) break;
    if (!co_await answer(std::move(request))) break;
  }
  disarm();
  socket_.shutdown(asio::ip::tcp::socket::shutdown_both, ignored);
  socket_.close(ignored);
}

awaitable<bool> Connection::answer(Request request) {
  phase_ = Phase::busy;
  struct Open {
    explicit Open(Shared& counted) : shared(counted) { ++shared.open_requests; }
    ~Open() { --shared.open_requests; }
    Shared& shared;
  };
  std::optional<Open> open(std::in_place, *shared_);
  const bool head_only = request.method == "HEAD";
  Reply reply = co_await handled(std::move(request));
  if (reply.stream && !head_only) {
    open.reset();  // A stream does not hold up a drain.
    co_await stream(reply);
    co_return false;
  }
  co_return co_await write(reply.response, head_only) && keep_;
}

awaitable<Reply> Connection::handled(Request request) {
  try {
    co_return co_await shared_->handler(std::move(request));
  } catch (const std::exception& bug) {
    log::error("request failed", {{"error", bug.what()}});
  }
  co_return Reply{.response = problem_of({500, "internal"}), .stream = {}};
}

std::string Connection::head_of(const Response& response, bool streamed) const {
  std::string head = status_line(response.status);
  for (const auto& [name, value] : response.headers) append_header(head, name, value);
  head += shared_->fixed_headers;
  append_header(head, "Date", date_now());
  const std::size_t size =
      response.shared_body ? response.shared_body->size() : response.body.size();
  if (streamed) {
    append_header(head, "Transfer-Encoding", "chunked");
  } else if (response.status != 204 && response.status != 304) {
    append_header(head, "Content-Length", std::to_string(size));
  }
  if (!keep_ || shared_->draining || streamed) append_header(head, "Connection", "close");
  return head + "\r\n";
}

awaitable<bool> Connection::write(const Response& response, bool head_only) {
  const std::string head = head_of(response, false);
  const std::string& body = response.shared_body ? *response.shared_body : response.body;
  const bool bodiless = head_only || response.status == 204 || response.status == 304;
  const std::array<asio::const_buffer, 2> parts = {
      asio::buffer(head), bodiless ? asio::const_buffer() : asio::buffer(body)};
  arm(shared_->limits.write_time);
  const auto [error, size] = co_await asio::async_write(socket_, parts, kTuple);
  disarm();
  co_return !error && !shared_->draining;
}

awaitable<void> Connection::stream(Reply& reply) {
  using asio::experimental::awaitable_operators::operator||;
  phase_ = Phase::streaming;
  const std::string head = head_of(reply.response, true);
  const auto [error, size] = co_await asio::async_write(socket_, asio::buffer(head), kTuple);
  if (error) co_return;
  Writer writer(*this);
  co_await (reply.stream(writer) || watch());
  const std::string last = "0\r\n\r\n";
  arm(std::chrono::seconds(1));
  co_await asio::async_write(socket_, asio::buffer(last), kTuple);
}

// Ends when the client goes, or when the server cancels what this connection waits for.
awaitable<void> Connection::watch() {
  char byte = 0;
  co_await socket_.async_read_some(asio::buffer(&byte, 1), kTuple);
}

awaitable<void> Connection::refuse(Fault fault) {
  const auto self = shared_from_this();
  co_await fail(fault);
  boost::system::error_code ignored;
  socket_.close(ignored);
}

awaitable<void> Connection::fail(Fault fault) {
  disarm();
  timed_out_ = false;
  keep_ = false;
  const Response response = problem_of(fault);
  if (co_await write(response, false)) co_await linger();
}

// Takes what the client still sends: closing over unread bytes would reset the connection before
// the client has read why.
awaitable<void> Connection::linger() {
  boost::system::error_code ignored;
  socket_.shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
  arm(std::chrono::seconds(2));
  std::size_t taken = 0;
  std::string scrap(16 * 1024, '\0');
  while (taken < kLingerBytes && !timed_out_) {
    const auto [error, size] = co_await socket_.async_read_some(asio::buffer(scrap), kTuple);
    if (error) break;
    taken += size;
  }
  disarm();
}

}  // namespace bordero::httpd
