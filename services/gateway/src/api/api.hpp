#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>

#include "platform/http/server.hpp"
#include "platform/rpc/peers.hpp"
#include "platform/telemetry/trace.hpp"
#include "services/gateway/src/api/api_router.hpp"
#include "services/gateway/src/config.hpp"
#include "services/gateway/src/limits/rate_limits.hpp"
#include "services/gateway/src/sessions/credentials.hpp"
#include "services/gateway/src/sessions/sessions.hpp"

namespace bordero::gateway {

// One request on its way, and who sent it.
struct Visit {
  httpd::Request request;
  Context context;
  Credentials credentials;
  std::optional<auth::v1::ResolvedSession> session;
  std::vector<std::pair<std::string, std::string>> headers;  // To be added to any answer.
};

// The limits of this process; its worker threads count together.
struct SharedLimits {
  RateLimits users;
  RateLimits addresses;
};

// Asks all services that declare a route, at once: their lists are joined, and of one record, which
// the path names, the one that knows it answers. A route of one service is that one's.
using Call =
    std::function<awaitable<rpc::AnyReply>(const rpc::Method&, const google::protobuf::Message&)>;
struct Joined {
  rpc::Answer answer;
  const rpc::Method* from = nullptr;
};
awaitable<Result<Joined>> ask_joined(const Route& route, const google::protobuf::Message& message,
                                     const Call& call);

// Everything under /api: finds the route, finds out who asks, turns JSON into the request message,
// asks the owning service, and turns its reply into JSON. It knows no endpoint by name except those
// that `handle` was told of.
class Api {
 public:
  using Handler = std::function<awaitable<Result<httpd::Reply>>(Visit&, const Matched&)>;

  Api(const Config& config, rpc::Peers& peers, Sessions& sessions, SharedLimits& limits)
      : config_(config), peers_(peers), sessions_(sessions), limits_(limits) {}
  // The gateway's own handler of an rpc that is marked so in the contract.
  void handle(const char* method, Handler handler) { own_[method] = std::move(handler); }
  awaitable<httpd::Reply> serve(httpd::Request request);

  // Asks the service that owns the method, as the visitor.
  awaitable<rpc::AnyReply> call(Visit& visit, const rpc::Method& method,
                                const google::protobuf::Message& message);
  const ApiRouter& router() const { return router_; }

 private:
  awaitable<Result<httpd::Reply>> answer(Visit& visit, const Result<Matched>& matched);
  awaitable<Result<void>> identify(Visit& visit, const rpc::Method& method);
  Result<void> admit(Visit& visit, const rpc::Method& method);
  Result<void> limit(Visit& visit, RateLimits& limits, const std::string& key, const char* name);

  const Config& config_;
  rpc::Peers& peers_;
  Sessions& sessions_;
  SharedLimits& limits_;
  ApiRouter router_;
  std::map<std::string, Handler, std::less<>> own_;
};

}  // namespace bordero::gateway
