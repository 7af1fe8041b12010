#include "services/gateway/src/service.hpp"

#include <mutex>
#include <set>

#include "platform/telemetry/health.hpp"
#include "platform/telemetry/metrics.hpp"
#include "services/gateway/src/answers.hpp"
#include "services/gateway/src/api/api.hpp"
#include "services/gateway/src/documents.hpp"
#include "services/gateway/src/doors/doors.hpp"
#include "services/gateway/src/sessions/sign_in.hpp"
#include "services/gateway/src/stream/live_stream.hpp"
#include "services/gateway/src/web/web_files.hpp"

namespace bordero::gateway {
namespace {

// What all worker threads of one process share, made for the first of them.
struct Common {
  explicit Common(const Config& config)
      : limits{RateLimits(config.user_rate, config.user_burst),
               RateLimits(config.address_rate, 2 * config.address_rate)},
        doors(config, limits.addresses),
        feed(config.amqp_url),
        web(config.web_root),
        openapi(std::make_shared<const std::string>(openapi_document())),
        routes(std::make_shared<const std::string>(routes_page())) {}

  SharedLimits limits;
  Doors doors;
  Feed feed;
  WebFiles web;
  std::shared_ptr<const std::string> openapi;
  std::shared_ptr<const std::string> routes;
};

std::shared_ptr<Common> common_of(const Config& config) {
  static std::mutex mutex;
  static std::weak_ptr<Common> made;
  const std::lock_guard lock(mutex);
  auto common = made.lock();
  if (!common) {
    common = std::make_shared<Common>(config);
    made = common;
  }
  return common;
}

httpd::Response document(const char* type, std::shared_ptr<const std::string> body) {
  httpd::Response response;
  response.headers = {{"Content-Type", type}, {"Cache-Control", "no-cache"}};
  response.shared_body = std::move(body);
  return response;
}

// The services behind this door, for operators: while one is down the others are still served.
void show_peers(rpc::Peers& peers, std::weak_ptr<void> serving) {
  std::set<std::string> services;
  for (const rpc::Method& method : rpc::methods()) services.insert(method.service);
  services.erase("gateway");
  for (const std::string& service : services) {
    const auto connected = [&peers, serving, service] {
      return serving.expired() || peers.to(service).connected();
    };
    telemetry::add_readiness(service, connected, false);
  }
}

}  // namespace

struct Service::Parts {
  Parts(asio::any_io_executor executor, const Config& given, rpc::Peers& peers)
      : config(given),
        common(common_of(config)),
        redis(executor, config.redis_url),
        sessions(redis, peers, executor),
        api(config, peers, sessions, common->limits),
        sign_in(api, sessions),
        stream(config, sessions, common->feed, executor) {
    sign_in.add_to(api);
    stream.add_to(api);
  }

  awaitable<httpd::Reply> serve(httpd::Request request) {
    httpd::Reply reply;
    const std::string& path = request.path;
    const bool reads = request.method == "GET" || request.method == "HEAD";
    if (path == "/api" || path.starts_with("/api/")) {
      if (reads && path == "/api/v1/openapi.json") {
        reply.response = document("application/json", common->openapi);
      } else if (reads && path == "/api/docs") {
        reply.response = document("text/html; charset=utf-8", common->routes);
      } else {
        reply = co_await api.serve(std::move(request));
      }
      co_return reply;
    }
    if (common->doors.has(path)) {
      reply.response = co_await common->doors.receive(std::move(request));
      co_return reply;
    }
    reply.response = reads ? outside_api(request) : posted(request);
    co_return reply;
  }

  httpd::Response outside_api(const httpd::Request& request) const {
    constexpr const char* kPlain = "text/plain; charset=utf-8";
    if (request.path == "/healthz") return text_answer(200, kPlain, "ok\n");
    if (request.path == "/readyz") {
      const bool ready = telemetry::ready();
      return text_answer(ready ? 200 : 503, kPlain, ready ? "yes\n" : "no\n");
    }
    return common->web.serve(request);
  }

  // Browsers report what the Content-Security-Policy stopped; that it happened is enough.
  httpd::Response posted(const httpd::Request& request) const {
    if (request.method == "POST" && request.path == "/csp-reports") {
      telemetry::counter("bordero_csp_reports_total", "Violations that browsers reported.").add();
      return text_answer(204, "text/plain", "");
    }
    Error error{.kind = ErrorKind::wrong_method, .reason = "method_not_allowed"};
    error.allowed = {"GET", "HEAD"};
    return problem(error, TraceContext().trace_id);
  }

  const Config config;
  std::shared_ptr<Common> common;
  redis::Client redis;
  Sessions sessions;
  Api api;
  SignIn sign_in;
  LiveStream stream;
};

// A request and a stream under way keep the parts alive, whatever becomes of the service.
awaitable<httpd::Reply> Service::answered(std::shared_ptr<Parts> parts, httpd::Request request) {
  httpd::Reply reply = co_await parts->serve(std::move(request));
  if (reply.stream) {
    reply.stream = [parts, run = std::move(reply.stream)](httpd::StreamWriter& writer) {
      return run(writer);
    };
  }
  co_return reply;
}

Service::Service(asio::any_io_executor executor, const Config& config, rpc::Peers& peers)
    : parts_(std::make_shared<Parts>(executor, config, peers)) {
  show_peers(peers, parts_);
  server_ = std::make_unique<httpd::Server>(
      executor, config.http_address, config.limits,
      security_headers(parts_->common->web.script_hashes(), config.public_url),
      [parts = parts_](httpd::Request request) { return answered(parts, std::move(request)); },
      config.proxies);
}

Service::~Service() = default;

void Service::drain() { server_->drain(); }
int Service::open_requests() const { return server_->open_requests(); }
int Service::port() const { return server_->port(); }

}  // namespace bordero::gateway
