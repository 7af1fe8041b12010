#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "platform/base/async.hpp"

// The HTTP/1.1 server. Beast lives behind this header alone.
namespace bordero::httpd {

struct Request {
  std::string method;  // "GET".
  std::string target;  // Path and query as sent.
  std::string path;    // Decoded; never with NUL, "..", or "//".
  std::vector<std::pair<std::string, std::string>> query;    // Decoded, in order.
  std::vector<std::pair<std::string, std::string>> headers;  // Names in lower case.
  std::string body;
  std::string address;              // The client's, as the trusted hops say.
  std::optional<bool> secure = {};  // Whether the client came by TLS; nothing when no hop said.

  std::string_view header(std::string_view lower_name) const;  // Empty when absent.
  int header_count(std::string_view lower_name) const;
};

struct Response {
  int status = 200;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  // A file body shared between answers, instead of `body`.
  std::shared_ptr<const std::string> shared_body;
};

// Sends chunks of a stream; false when the client has gone or took none for `write_time`.
class StreamWriter {
 public:
  virtual ~StreamWriter() = default;
  virtual awaitable<bool> write(std::string chunk) = 0;
  virtual bool gone() const = 0;
};

struct Reply {
  Response response;
  // When set, the headers are sent and then this runs until it returns or the client goes.
  std::function<awaitable<void>(StreamWriter&)> stream;
  // How many bytes it will write, when that is known: a long file. It is then announced, a drain
  // waits for it, and a client that gets fewer knows that the file is not whole.
  std::optional<std::uint64_t> stream_size = {};
};

using Handler = std::function<awaitable<Reply>(Request)>;

struct Limits {
  std::size_t header_bytes = 16 * 1024;
  int header_count = 100;
  std::size_t url_bytes = 8 * 1024;
  std::size_t body_bytes = 1024 * 1024;
  std::chrono::milliseconds header_time{10'000};
  std::chrono::milliseconds body_time{30'000};
  std::chrono::milliseconds idle_time{60'000};
  std::chrono::milliseconds write_time{30'000};
  int body_bytes_a_second = 1024;  // Slower than this, after five seconds, is given up.
  int connections = 4096;
  int connections_per_address = 1024;
};

enum class ForwardedBy { x_forwarded_for, forwarded };

// Who may stand between clients and the server. A proxy that sets one of the two headers passes the
// other on as the client wrote it, so one is believed and the other is not looked at.
struct Proxies {
  std::string networks;  // "10.0.0.0/8, fd00::/8"; empty: nobody is believed.
  ForwardedBy header = ForwardedBy::x_forwarded_for;
  bool proxy_protocol = false;  // Their connections begin with a header of PROXY protocol v2.
};

// Listens on `address` on this worker thread (SO_REUSEPORT: every worker has its own). Strict
// framing: anything doubtful is a 400 and the connection closes. Errors it makes itself (400, 405,
// 408, 413, 414, 431, 500, 503, 505) are problem+json. `fixed_headers` stand on every answer, but
// Strict-Transport-Security not on one to who is known to have come without TLS.
class Server {
 public:
  Server(asio::any_io_executor executor, const std::string& address, Limits limits,
         std::vector<std::pair<std::string, std::string>> fixed_headers, Handler handler,
         const Proxies& proxies = {});
  ~Server();
  int port() const;  // The one that was given for port 0.
  // Accepts no more, gives who is connected a last answer with `Connection: close`, ends streams.
  void drain();
  int open_requests() const;

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace bordero::httpd
