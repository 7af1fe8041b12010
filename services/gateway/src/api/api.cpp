#include "services/gateway/src/api/api.hpp"

#include "platform/telemetry/metrics.hpp"
#include "services/gateway/src/answers.hpp"
#include "services/gateway/src/api/join.hpp"
#include "services/gateway/src/api/long_file.hpp"
#include "services/gateway/src/api/reply_writer.hpp"
#include "services/gateway/src/api/request_reader.hpp"

namespace bordero::gateway {
namespace {

constexpr auto kRequestTime = std::chrono::seconds(10);

void count(const std::string& route, const std::string& method, int status, double seconds) {
  telemetry::counter("bordero_http_requests_total", "Requests answered.",
                     {{"route", route}, {"method", method}, {"status", std::to_string(status)}})
      .add();
  telemetry::histogram("bordero_http_request_seconds", "From head to answer.", {{"route", route}})
      .observe(seconds);
}

bool is_safe(const std::string& method) { return method == "GET" || method == "HEAD"; }

}  // namespace

Result<void> Api::limit(Visit& visit, RateLimits& limits, const std::string& key,
                        const char* name) {
  const auto verdict = limits.take(key);
  const std::string quoted = std::string("\"") + name + "\"";
  visit.headers.emplace_back("RateLimit-Policy", quoted + ";q=" + std::to_string(limits.burst()));
  visit.headers.emplace_back("RateLimit", quoted + ";r=" + std::to_string(verdict.remaining) +
                                              ";t=" + std::to_string(verdict.reset_s));
  if (verdict.allowed) return {};
  Error error{.kind = ErrorKind::too_many, .reason = "too_many_requests"};
  error.retry_after_s = verdict.retry_after_s;
  return error;
}

// Whose request it is. A secret that is not known here costs Auth work, so an address that used up
// its share of such tries is not asked for.
awaitable<Result<void>> Api::identify(Visit& visit, const rpc::Method& method) {
  CO_TRY(visit.credentials, credentials_of(visit.request));
  const std::string address = visit.request.address;
  const bool wanted = method.permission != "public";
  if (!wanted || visit.credentials.kind == Credentials::Kind::none) {
    CO_TRY_VOID(limit(visit, limits_.addresses, address, "address"));
    if (wanted) co_return unauthenticated("not_signed_in");
    co_return Result<void>{};
  }
  if (!sessions_.holds(visit.credentials.secret) && !limits_.addresses.look(address).allowed) {
    CO_TRY_VOID(limit(visit, limits_.addresses, address, "address"));
  }
  auto session = co_await sessions_.resolve(visit.context, visit.credentials.secret);
  if (!session) {
    if (session.error().kind == ErrorKind::unauthenticated) {
      CO_TRY_VOID(limit(visit, limits_.addresses, address, "address"));
    }
    co_return std::move(session).error();
  }
  visit.context.identity_token = session->identity_token();
  visit.session = std::move(*session);
  co_return Result<void>{};
}

Result<void> Api::admit(Visit& visit, const rpc::Method& method) {
  if (!visit.session) {
    return is_safe(visit.request.method) ? Result<void>{}
                                         : check_not_foreign(visit.request, config_.public_url);
  }
  if (auto in_time = limit(visit, limits_.users, visit.session->user().id(), "user"); !in_time) {
    return in_time;
  }
  if (visit.credentials.kind != Credentials::Kind::cookie) return {};
  if (!method.changes()) return {};
  if (auto same = check_same_site(visit.request, config_.public_url); !same) return same;
  return check_csrf_token(visit.request, visit.session->csrf_token());
}

awaitable<rpc::AnyReply> Api::call(Visit& visit, const rpc::Method& method,
                                   const google::protobuf::Message& message) {
  rpc::Envelope envelope;
  envelope.method = method.name;
  envelope.caller_service = "gateway";
  envelope.identity_token = visit.context.identity_token;
  envelope.traceparent = visit.context.trace.traceparent();
  envelope.idempotency_key = visit.context.idempotency_key;
  envelope.time_left = visit.context.time_left();
  const auto* prototype = google::protobuf::MessageFactory::generated_factory()->GetPrototype(
      method.descriptor->output_type());
  co_return co_await peers_.to(method.service).call(std::move(envelope), message, *prototype);
}

awaitable<Result<Joined>> ask_joined(const Route& route, const google::protobuf::Message& message,
                                     const Call& call) {
  if (route.methods.size() == 1) {
    CO_TRY(rpc::Answer answer, co_await call(route.method(), message));
    co_return Joined{std::move(answer), &route.method()};
  }
  const auto* field = message.GetDescriptor()->FindFieldByName("page_token");
  const bool goes_on =
      field != nullptr && !message.GetReflection()->GetString(message, field).empty();
  PageTokens tokens;
  if (goes_on) {
    CO_TRY(tokens, tokens_in(message.GetReflection()->GetString(message, field)));
  }
  std::vector<const rpc::Method*> asked;
  std::vector<std::unique_ptr<google::protobuf::Message>> requests;
  std::vector<std::function<awaitable<rpc::AnyReply>()>> questions;
  for (const rpc::Method* method : route.methods) {
    const auto token = tokens.find(method->service);
    if (goes_on && token == tokens.end()) continue;
    requests.emplace_back(message.New());
    auto& request = *requests.back();
    request.CopyFrom(message);
    if (goes_on) request.GetReflection()->SetString(&request, field, token->second);
    asked.push_back(method);
    questions.emplace_back([&call, &request, method] { return call(*method, request); });
  }
  if (asked.empty()) co_return invalid_field("page_token", "malformed");
  auto answers = co_await ask_all(std::move(questions));
  std::vector<Part> parts;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    parts.emplace_back(asked[i]->service, std::move(answers[i]));
  }
  if (route.shape.path.empty()) {
    CO_TRY(rpc::Answer answer, join(std::move(parts)));
    co_return Joined{std::move(answer), route.methods.front()};
  }
  CO_TRY(const std::size_t knows, who_knows(parts));
  CO_TRY(rpc::Answer answer, std::move(parts[knows].answer));
  co_return Joined{std::move(answer), asked[knows]};
}

awaitable<Result<httpd::Reply>> Api::answer(Visit& visit, const Result<Matched>& matched) {
  if (!matched) {
    CO_TRY_VOID(limit(visit, limits_.addresses, visit.request.address, "address"));
    co_return Error(matched.error());
  }
  const Route& route = *matched->route;
  const rpc::Method& method = route.method();
  CO_TRY_VOID(co_await identify(visit, method));
  CO_TRY_VOID(admit(visit, method));
  if (const auto own = own_.find(method.name); own != own_.end()) {
    co_return co_await own->second(visit, *matched);
  }

  CO_TRY(std::string key, idempotency_key(visit.request));
  if (method.changes() && !method.secret_reply) visit.context.idempotency_key = std::move(key);
  CO_TRY(const auto message, read_message(*matched, visit.request));
  const Call ask = [&](const rpc::Method& one, const google::protobuf::Message& request) {
    return call(visit, one, request);
  };
  CO_TRY(const Joined replied, co_await ask_joined(route, *message, ask));
  httpd::Reply reply;
  reply.response = write_reply(router_, route, visit.request, replied.answer);
  if (method.binary) {
    add_rest_of_file(FileSource{peers_, sessions_, *replied.from, visit.credentials.secret},
                     *message, *replied.answer.message, reply);
  }
  co_return reply;
}

awaitable<httpd::Reply> Api::serve(httpd::Request request) {
  const auto start = std::chrono::steady_clock::now();
  const Result<Matched> matched = router_.find(request.method, request.path);
  const std::string route = matched ? matched->route->method().path : "none";
  const std::string method = request.method;
  telemetry::Span span(method + " " + route, telemetry::Span::Kind::server, TraceContext());
  Visit visit{.request = std::move(request)};
  visit.context.trace = span.context();
  visit.context.deadline = start + kRequestTime;

  auto answered = co_await answer(visit, matched);
  httpd::Reply reply;
  if (answered) {
    reply = std::move(*answered);
  } else {
    reply.response = problem(answered.error(), span.context().trace_id);
    if (answered.error().kind == ErrorKind::internal) span.fail(answered.error().reason);
  }
  for (auto& header : visit.headers) reply.response.headers.push_back(std::move(header));
  const int status = reply.response.status;
  span.set("http.request.method", method);
  span.set("http.route", route);
  span.set("http.response.status_code", static_cast<std::int64_t>(status));
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
  count(route, matched ? method : "any", status, taken.count());
  co_return reply;
}

}  // namespace bordero::gateway
