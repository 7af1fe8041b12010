#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <map>
#include <memory>
#include <set>
#include <string>

#include "platform/http/framing.hpp"
#include "platform/http/proxies.hpp"
#include "platform/http/server.hpp"

namespace bordero::httpd {

class Connection;

// What the connections of one server share. Of one worker thread, so nothing is locked.
struct Shared {
  Limits limits;
  std::string fixed_headers;  // As they go on the wire.
  std::string tls_headers;    // The same, for who did not come without TLS.
  Networks trusted;
  ForwardedBy forwarded_by = ForwardedBy::x_forwarded_for;
  bool proxy_protocol = false;
  Handler handler;
  bool draining = false;
  int open_requests = 0;
  std::set<Connection*> connections;
  std::map<std::string, int> per_address;

  // Whether one more of this client is too many. Proxies bring connections of others.
  bool crowded(const std::string& address) const;
};

// One client's connection: requests are answered one after another, in their order.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(asio::ip::tcp::socket socket, std::string address, std::shared_ptr<Shared> shared);
  ~Connection();
  awaitable<void> run();
  awaitable<void> refuse(Fault fault);  // Answers without reading, then closes.
  void end_unless_busy();               // Idle ones and streams end; others after their answer.
  bool idle() const { return phase_ == Phase::idle; }
  bool streams() const { return phase_ == Phase::streaming; }

 private:
  class Writer;
  struct Buffer;
  enum class Phase { idle, reading, busy, streaming };

  void arm(std::chrono::milliseconds time);
  void disarm();
  void cancel();
  bool has_bytes() const;
  awaitable<bool> read_proxy();
  void come_from(const std::string& address);
  awaitable<bool> read_more();
  awaitable<bool> read_request(Request& request);
  awaitable<std::size_t> read_head();
  awaitable<bool> read_body(Request& request);
  awaitable<bool> read_rest_of_body();
  awaitable<bool> answer(Request request);
  awaitable<Reply> handled(Request request);
  awaitable<bool> write(const Response& response, bool head_only);
  awaitable<void> stream(Reply& reply);
  awaitable<void> watch();
  awaitable<void> fail(Fault fault);
  awaitable<void> linger();
  awaitable<bool> send_file(Reply& reply);
  std::string head_of(const Response& response, bool chunked,
                      std::optional<std::uint64_t> size = {});

  asio::ip::tcp::socket socket_;
  asio::steady_timer timer_;
  Origin peer_;  // Who is connected, or whom a trusted proxy says it is connected for.
  std::optional<bool> secure_;  // Of the request under way.
  std::shared_ptr<Shared> shared_;
  std::unique_ptr<Buffer> buffer_;
  Phase phase_ = Phase::idle;
  bool keep_ = true;
  bool last_ = false;  // The answer under way said `Connection: close`.
  bool timed_out_ = false;
  unsigned armed_ = 0;  // Which of the timer's waits is meant.
};

// The answer of the server itself; problem+json.
Response problem_of(Fault fault);

}  // namespace bordero::httpd
