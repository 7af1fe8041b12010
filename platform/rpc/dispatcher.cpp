#include "platform/rpc/dispatcher.hpp"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <random>

#include "platform/base/bytes.hpp"
#include "platform/base/log.hpp"
#include "platform/rpc/admission.hpp"
#include "platform/telemetry/metrics.hpp"
#include "platform/telemetry/trace.hpp"

namespace bordero::rpc {
namespace {

constexpr int kMaxTries = 4;  // The first and three repeats after serialization failures.

std::string digest_of(const Message& request) { return hex(sha256(request.SerializeAsString())); }

bool worth_repeating(const std::string& sqlstate) {
  return sqlstate == "40001" || sqlstate == "40P01";
}

Error error_of(const pg::SqlError& failed) {
  if (failed.sqlstate.starts_with("23")) return refused(failed.constraint);
  if (failed.sqlstate.starts_with("22")) return invalid("invalid_value");
  log::error("statement failed", {{"sqlstate", failed.sqlstate}, {"error", failed.what()}});
  if (failed.sqlstate == "57014") return unavailable("deadline_exceeded");
  return unavailable("database_unavailable");
}

// The place where exceptions of a call become statuses.
Error error_of_current_exception(const std::string& method) {
  try {
    throw;
  } catch (const pg::SqlError& failed) {
    return error_of(failed);
  } catch (const pg::OutcomeUnknown& unknown) {
    log::error("outcome unknown", {{"method", method}, {"error", unknown.what()}});
    return unavailable("outcome_unknown");
  } catch (const Broken& broken) {
    log::error("dependency failed", {{"method", method}, {"error", broken.what()}});
    return unavailable("dependency_unavailable");
  } catch (const std::exception& bug) {
    log::error("call failed", {{"method", method}, {"error", bug.what()}});
    return {.kind = ErrorKind::internal, .reason = "internal_error"};
  }
}

// Names the exception type of a failed try without awaiting inside the catch.
struct Tried {
  std::optional<AnyReply> reply;
  bool repeat = false;
};

const google::protobuf::Message* prototype_of(const google::protobuf::Descriptor* type) {
  return google::protobuf::MessageFactory::generated_factory()->GetPrototype(type);
}

std::map<std::string_view, telemetry::Counter> outcome_counters(const std::string& service) {
  std::map<std::string_view, telemetry::Counter> counters;
  for (const char* outcome : {"ok", "replayed", "refused", "unavailable", "failed"}) {
    counters.emplace(outcome,
                     telemetry::counter("bordero_rpc_calls_total", "Calls handled, by outcome.",
                                        {{"service", service}, {"outcome", outcome}}));
  }
  return counters;
}

std::string_view outcome_of(const AnyReply& reply) {
  if (reply) return reply->replayed ? "replayed" : "ok";
  const auto kind = static_cast<int>(reply.error().kind);
  if (kind == 500) return "failed";
  return kind == 503 ? "unavailable" : "refused";
}

}  // namespace

void Dispatcher::add_any(const Method& method, Handler handler) {
  Entry& entry = entries_[method.name];
  ensure(entry.method == nullptr, "one handler answers a method");
  entry.method = &method;
  entry.handler = std::move(handler);
  entry.outcomes = outcome_counters(method.service);
}

Handlers Dispatcher::of(const char* service) { return {*this, service}; }

// Its own check, or that of all answers of its type.
const StillVisible* Dispatcher::replay_check_of(const Entry& entry) const {
  if (entry.still_visible) return &entry.still_visible;
  const auto found = shown_.find(entry.method->descriptor->output_type());
  return found == shown_.end() ? nullptr : &found->second;
}

void Dispatcher::check(std::string_view service) const {
  for (const Method& method : methods()) {
    if (method.service != service || service == "gateway") continue;
    const auto entry = entries_.find(method.name);
    if (entry == entries_.end()) throw std::logic_error("no handler for " + method.name);
    if (method.keeps_answers() && replay_check_of(entry->second) == nullptr) {
      throw std::logic_error("no replay check for " + method.name);
    }
  }
}

// Who calls: the service that the contract lets call, for a user whose token it brings or in its
// own name. In every mode, direct calls included.
awaitable<Result<Caller>> Dispatcher::caller_of(const Method& method, const Envelope& envelope) {
  const Grant* grant = method.grant_of(envelope.caller_service);
  if (grant == nullptr) co_return forbidden("service_not_allowed");
  Caller caller;
  if (!envelope.identity_token.empty()) {
    auto verified = co_await keys_.verify(envelope.identity_token);
    if (!verified) co_return std::move(verified).error();
    caller = std::move(verified).value();
  } else if (grant->alone) {
    caller = service_caller(grant->service, grant->powers);
  }
  caller.service = envelope.caller_service;
  CO_TRY_VOID(admit(method, caller));
  co_return caller;
}

awaitable<AnyReply> Dispatcher::retried(const Entry& entry, Context& context,
                                        const Message& request) {
  for (int tries = 1;; ++tries) {
    Tried tried;
    try {
      tried.reply = co_await entry.handler(context, request);
    } catch (const pg::SqlError& failed) {
      tried.repeat = worth_repeating(failed.sqlstate) && tries < kMaxTries;
      if (!tried.repeat) tried.reply = error_of(failed);
    } catch (...) {
      tried.reply = error_of_current_exception(context.method);
    }
    if (tried.reply) co_return std::move(*tried.reply);
    static thread_local std::minstd_rand jitter(std::random_device{}());
    const auto executor = co_await asio::this_coro::executor;
    asio::steady_timer pause(executor, std::chrono::milliseconds(jitter() % (10 * tries) + 1));
    co_await pause.async_wait(asio::use_awaitable);
  }
}

awaitable<AnyReply> Dispatcher::replay(const Entry& entry, Context& context, const Message& request,
                                       const std::string& kept) {
  Answer answer;
  answer.message.reset(prototype_of(entry.method->descriptor->output_type())->New());
  if (!answer.message->ParseFromString(kept)) co_return unavailable("kept_answer_unreadable");
  const StillVisible* still_visible = replay_check_of(entry);
  ensure(still_visible != nullptr, "who keeps answers tells who may still see them");
  CO_TRY_VOID(co_await (*still_visible)(context, request, *answer.message));
  answer.replayed = true;
  context.replayed = true;
  co_return std::move(answer);
}

awaitable<AnyReply> Dispatcher::admitted(const Entry& entry, const Envelope& envelope,
                                         Context& context, const Message& request) {
  auto caller = co_await caller_of(*entry.method, envelope);
  if (!caller) co_return std::move(caller).error();
  context.caller = std::move(caller).value();
  context.identity_token = envelope.identity_token;
  CO_TRY_VOID(validate(request));
  if (context.time_left() <= std::chrono::milliseconds(0)) {
    co_return unavailable("deadline_exceeded");
  }
  if (entry.method->keeps_answers() && !envelope.idempotency_key.empty()) {
    context.idempotency_key = envelope.idempotency_key;
    context.request_digest = digest_of(request);
  }
  auto reply = co_await retried(entry, context, request);
  if (reply || reply.error().kind != ErrorKind::replayed) co_return std::move(reply);
  const std::string answer = reply.error().kept_answer;
  co_return co_await replay(entry, context, request, answer);
}

awaitable<AnyReply> Dispatcher::dispatch(Envelope envelope, const Message& request) {
  const auto found = entries_.find(envelope.method);
  if (found == entries_.end()) co_return not_found("method_not_found");
  const Entry& entry = found->second;

  telemetry::Span span(envelope.method, telemetry::Span::Kind::server,
                       TraceContext::parse(envelope.traceparent));
  Context context;
  context.method = envelope.method;
  context.deadline = std::chrono::steady_clock::now() + envelope.time_left;
  context.trace = span.context();

  std::optional<AnyReply> reply;
  try {
    reply = co_await admitted(entry, envelope, context, request);
  } catch (...) {
    reply = error_of_current_exception(envelope.method);
  }
  const std::string_view outcome = outcome_of(*reply);
  if (!*reply) span.fail(reply->error().reason);
  found->second.outcomes.at(outcome).add();
  co_return std::move(*reply);
}

}  // namespace bordero::rpc
