#include "platform/http/connection.hpp"

#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <optional>

#include "platform/base/log.hpp"
#include "platform/http/wire_text.hpp"

namespace bordero::httpd {
namespace {

using std::chrono::milliseconds;

constexpr auto kTuple = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t kLingerBytes = 4 * 1024 * 1024;

}  // namespace

class Connection::Writer : public StreamWriter {
 public:
  Writer(Connection& connection, bool chunked) : connection_(connection), chunked_(chunked) {}

  awaitable<bool> write(std::string chunk) override {
    if (gone_ || chunk.empty()) co_return !gone_;
    const std::string framed = chunked_ ? chunk_of(chunk) : std::move(chunk);
    written_ += framed.size();
    connection_.arm(connection_.shared_->limits.write_time);
    const auto [error, size] =
        co_await asio::async_write(connection_.socket_, asio::buffer(framed), kTuple);
    connection_.disarm();
    if (error) gone_ = true;
    co_return !gone_;
  }
  bool gone() const override { return gone_; }
  std::uint64_t written() const { return written_; }

 private:
  Connection& connection_;
  bool chunked_;
  bool gone_ = false;
  std::uint64_t written_ = 0;
};

void Connection::arm(milliseconds time) {
  timed_out_ = false;
  timer_.expires_after(time);
  timer_.async_wait([self = shared_from_this(), wait = ++armed_](boost::system::error_code error) {
    if (error || wait != self->armed_) return;
    self->timed_out_ = true;
    self->cancel();
  });
}

void Connection::disarm() {
  ++armed_;
  timer_.cancel();
}

void Connection::end_unless_busy() {
  keep_ = false;
  if (phase_ == Phase::idle || phase_ == Phase::streaming) cancel();
}

// One that has just ended stays known for a moment, and its socket is closed.
void Connection::cancel() {
  boost::system::error_code closed;
  socket_.cancel(closed);
}

awaitable<void> Connection::run() {
  const auto self = shared_from_this();
  boost::system::error_code ignored;
  socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
  bool first = true;
  if (!co_await read_proxy()) keep_ = false;
  while (keep_ && !last_) {
    // A connection just made has no business being silent.
    arm(first ? shared_->limits.header_time : shared_->limits.idle_time);
    phase_ = has_bytes() ? Phase::reading : Phase::idle;
    if (phase_ == Phase::reading) arm(shared_->limits.header_time);
    first = false;
    Request request;
    const bool read = co_await read_request(request);
    disarm();
    if (!read) break;
    if (!co_await answer(std::move(request))) break;
  }
  phase_ = Phase::busy;  // Nobody waits for it any more.
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
  if (reply.stream && reply.stream_size) {
    if (!head_only) co_return co_await send_file(reply);
    const std::string head = head_of(reply.response, false, reply.stream_size);
    arm(shared_->limits.write_time);
    const auto [error, size] = co_await asio::async_write(socket_, asio::buffer(head), kTuple);
    disarm();
    co_return !error && keep_;
  }
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

std::string Connection::head_of(const Response& response, bool chunked,
                                std::optional<std::uint64_t> size) {
  std::string head = status_line(response.status);
  for (const auto& [name, value] : response.headers) append_header(head, name, value);
  head += shared_->fixed_headers;
  if (secure_.value_or(true)) head += shared_->tls_headers;
  append_header(head, "Date", date_now());
  const std::uint64_t length =
      size.value_or(response.shared_body ? response.shared_body->size() : response.body.size());
  if (chunked) {
    append_header(head, "Transfer-Encoding", "chunked");
  } else if (response.status != 204 && response.status != 304) {
    append_header(head, "Content-Length", std::to_string(length));
  }
  last_ = !keep_ || shared_->draining || chunked;
  if (last_) append_header(head, "Connection", "close");
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
  co_return !error && !last_;
}

awaitable<void> Connection::stream(Reply& reply) {
  using asio::experimental::awaitable_operators::operator||;
  phase_ = Phase::streaming;
  const std::string head = head_of(reply.response, true);
  const auto [error, size] = co_await asio::async_write(socket_, asio::buffer(head), kTuple);
  if (error) co_return;
  Writer writer(*this, true);
  co_await (reply.stream(writer) || watch());
  const std::string last = "0\r\n\r\n";
  arm(std::chrono::seconds(1));
  co_await asio::async_write(socket_, asio::buffer(last), kTuple);
}

// A body of known length, made piece by piece.
awaitable<bool> Connection::send_file(Reply& reply) {
  Writer writer(*this, false);
  const std::string head = head_of(reply.response, false, reply.stream_size);
  arm(shared_->limits.write_time);
  const auto [error, size] = co_await asio::async_write(socket_, asio::buffer(head), kTuple);
  disarm();
  if (error) co_return false;
  co_await reply.stream(writer);
  // A body that broke off ends the connection: that is how the client learns of it.
  co_return !writer.gone() && writer.written() == *reply.stream_size && keep_ && !last_;
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
