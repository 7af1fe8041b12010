#pragma once

// Outgoing HTTPS: the only way by which Bordero calls the world (Drive, Telegram, addresses of
// integrations). A worker thread has one Client, as it has one of everything.
//
//   https::Client drive(executor, {.ca_file = config.ca_file});
//   CO_TRY(auto answer, co_await drive.send(ctx, {.call = "drive.files.get", .url = address}));
//
// What holds for every call:
// - TLS 1.2 or later with a verified certificate; HTTP/2 where the other side has it; connections
//   are kept and shared. Redirects are never followed: a 3xx is an answer like any other.
// - The context's deadline ends it. A connection on which nothing moves for `silence` ends earlier.
// - Answers are bounded in size. Bodies can be streamed in both directions: the other side is
//   stopped while a Source has nothing or a Sink is busy, so memory is bounded too.
// - A failure of a call that may be repeated is repeated at most twice, after a jittered pause or
//   the `Retry-After` of the answer, while the deadline and the host's budget allow it. A call
//   that may not be repeated is repeated only when no byte of it had left.
// - Half of 20 calls to a host failing within 10 s stops the calls to it for 5 s.
// - Neither logs, metrics nor spans hold the address: a bot's token stands in its path. They have
//   the host and the call's name.
//
// Any status is a Response. An Error is one of:
//   remote_unreachable       no connection could be made: the other side has not heard of it
//   remote_untrusted         its certificate is not the one that the name needs
//   remote_too_slow          the deadline or the longest silence passed: the outcome is unknown
//   remote_broke_off         the connection ended before the answer did: the outcome is unknown
//   remote_answer_malformed  what came is no HTTP answer, or one that does not say where it ends
//   remote_answer_too_large  it is longer than the caller takes
//   remote_paused            too many calls to this host failed: none is made for a while
//   remote_rate_limited      its turn would come after the deadline
//   remote_busy              too many calls are under way already
//   address_not_allowed      (invalid) the address is none that a user may give
// or the Error that the Source or Sink gave.

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/async.hpp"
#include "platform/base/context.hpp"
#include "platform/base/result.hpp"
#include "platform/https/rate_limiter.hpp"

namespace bordero::https {

struct Header {
  std::string name;
  std::string value;
};

// The next piece of a body; an empty one ends it.
using Source = std::function<awaitable<Result<std::string>>()>;
// Takes a piece of an answer, and returns when it has room for more.
using Sink = std::function<awaitable<Result<void>>(std::string piece)>;

struct Response {
  int status = 0;
  std::vector<Header> headers = {};  // Names in lower case.
  std::string body = {};             // Empty when a sink took it.

  std::string_view header(std::string_view name) const;  // Empty when there is none.
};

struct Request {
  // What logs, metrics and spans call it, e.g. "telegram.sendMessage": one of a small closed set.
  std::string call;
  std::string method = "GET";
  std::string url;
  std::vector<Header> headers = {};
  std::string body = {};

  // Instead of `body`: a body that is made while it is sent. Without `source_size` it goes in
  // chunks. It cannot be sent twice, so such a call is not repeated once a piece was taken.
  Source source = {};
  std::optional<std::int64_t> source_size = {};

  // Takes the body of a 2xx answer in place of `Response::body`. What else comes, such as the
  // explanation of a refusal, stays in `Response::body`.
  Sink sink = {};
  std::int64_t max_download = std::int64_t{64} << 20;  // Of what the sink gets, in bytes.
  std::size_t max_answer = std::size_t{1} << 20;       // Of `Response::body`, in bytes.

  // GET, HEAD, PUT, DELETE and OPTIONS may be repeated by what they mean; others when the caller
  // says that a second one does no harm.
  bool repeatable = false;
  std::chrono::milliseconds silence = std::chrono::seconds(30);  // More for long polling.
  std::vector<Rate> rates = {};  // Each try waits for its turn in all of them.

  // A person gave the address: https, an address of the public internet, 5 s, 1 MiB, and a
  // connection of its own. See address_rule.hpp.
  bool given_by_user = false;
};

struct Options {
  std::string ca_file = {};  // PEM; empty: the authorities that the system trusts.
  // "host:port:address": names that have no entry in the name service.
  std::vector<std::string> resolve = {};
  // Networks that addresses given by users may lead into although they are not public, such as
  // "10.20.0.0/16" of the agency's own servers. A malformed one throws env::BadSetting.
  std::vector<std::string> user_networks = {};
  std::chrono::milliseconds user_limit = std::chrono::seconds(5);
  std::size_t user_max_answer = std::size_t{1} << 20;
  int max_repeats = 2;
  int max_calls = 256;  // Under way at once; more are turned away.
  // Shared by the clients of all threads, so that a limit is the process's and not a thread's.
  std::shared_ptr<RateLimiter> rates = std::make_shared<RateLimiter>();
};

class Client {
 public:
  Client(asio::any_io_executor executor, Options options);
  ~Client();
  // Cancelling the wait ends the call. The context outlives it.
  awaitable<Result<Response>> send(const Context& ctx, Request request);

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace bordero::https
