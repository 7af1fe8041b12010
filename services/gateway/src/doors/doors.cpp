#include "services/gateway/src/doors/doors.hpp"

#include "bordero/common/v1/common.pb.h"
#include "platform/base/bytes.hpp"
#include "platform/base/clock.hpp"
#include "platform/base/log.hpp"
#include "platform/base/uuid.hpp"
#include "platform/json/json.hpp"
#include "platform/mq/envelope.hpp"
#include "platform/telemetry/metrics.hpp"
#include "platform/telemetry/trace.hpp"
#include "services/gateway/src/answers.hpp"

namespace bordero::gateway {
namespace {

using namespace std::chrono_literals;

constexpr auto kConfirmWithin = 5s;

std::string lower(std::string text) {
  for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return text;
}

// The only header of that name; empty when it is absent or doubtful.
std::string header_of(const httpd::Request& request, const std::string& name) {
  const std::string key = lower(name);
  return request.header_count(key) == 1 ? std::string(request.header(key)) : std::string();
}

Received received_from(const Webhook& door, httpd::Request request) {
  Received received;
  for (const std::string& name : door.headers()) {
    std::string value = header_of(request, name);
    if (value.empty()) continue;
    auto& header = *received.add_headers();
    header.set_name(name);
    header.set_value(std::move(value));
  }
  received.set_body(std::move(request.body));
  return received;
}

// What is sent twice alike has the same id, so that its receiver applies it once: the digest of all
// of it in the form of a UUID of version 8.
std::string id_of(const std::string& queue, const std::string& content) {
  const std::string digest = sha256(queue + '\n' + content);
  Uuid id;
  std::copy_n(digest.begin(), id.bytes.size(), id.bytes.begin());
  id.bytes[6] = static_cast<std::uint8_t>((id.bytes[6] & 0x0f) | 0x80);
  id.bytes[8] = static_cast<std::uint8_t>((id.bytes[8] & 0x3f) | 0x80);
  return id.str();
}

mq::Message message_of(const Webhook& door, httpd::Request request, const std::string& trace) {
  std::string content = json::text(received_from(door, std::move(request)));
  common::v1::EventMeta meta;
  meta.set_id(id_of(door.queue(), content));
  meta.set_type(door.queue());
  meta.set_source("gateway");
  meta.set_time(instant_text(clock::now()));
  meta.set_actor("system:door");
  return mq::message_of(meta, trace, std::move(content));
}

void count(const std::string& path, const char* outcome) {
  telemetry::counter("bordero_door_messages_total",
                     "What came to the doors, and what became of it.",
                     {{"path", path}, {"outcome", outcome}})
      .add();
}

Error too_many(int retry_after_s) {
  return {
      .kind = ErrorKind::too_many, .reason = "too_many_requests", .retry_after_s = retry_after_s};
}

}  // namespace

bool proves_secret(const Webhook& door, const httpd::Request& request,
                   const std::vector<std::string>& secrets) {
  const bool is_signed = door.secret_case() == Webhook::kSignedHeader;
  const std::string shown =
      header_of(request, is_signed ? door.signed_header().signature() : door.secret_header());
  const std::string text = is_signed ? header_of(request, door.signed_header().name()) : "";
  bool proved = false;
  // All are tried, whichever is right, so that time does not tell.
  for (const std::string& secret : secrets) {
    proved |= same_secret(shown, is_signed ? signature_of(secret, text) : secret);
  }
  return proved && !shown.empty() && (!is_signed || !text.empty());
}

Doors::Doors(const Config& config, RateLimits& strangers)
    : strangers_(strangers), senders_(config.door_rate, 2 * config.door_rate) {
  for (const Webhook& declared : config.queues.webhooks) {
    const std::string file = config.door_secrets + "/" + declared.secret_file();
    doors_.emplace(declared.path(), std::make_unique<Door>(declared, file));
  }
  if (doors_.empty()) return;
  publisher_ = std::make_unique<mq::Publisher>(
      mq::Publisher::Settings{.service = "gateway",
                              .amqp_url = config.amqp_url,
                              .queues = config.queues.sent_by("gateway")});
}

Result<void> Doors::admit(Door& door, const httpd::Request& request) {
  const Webhook& declared = door.declared;
  if (request.method != "POST") {
    Error error{.kind = ErrorKind::wrong_method, .reason = "method_not_allowed"};
    error.allowed = {"POST"};
    return error;
  }
  const auto secrets = door.secret.secrets();
  if (secrets.empty()) {
    count(declared.path(), "no_secret");
    log::error("door has no secret", {{"path", declared.path()}});
    return unavailable("door_has_no_secret", 30);
  }
  if (!proves_secret(declared, request, secrets)) {
    count(declared.path(), "wrong_secret");
    const auto verdict = strangers_.take(request.address);
    if (!verdict.allowed) return too_many(verdict.retry_after_s);
    return forbidden("secret_is_wrong");
  }
  const auto verdict = senders_.take(declared.path());
  if (!verdict.allowed) {
    count(declared.path(), "too_many");
    return too_many(verdict.retry_after_s);
  }
  if (request.body.size() > static_cast<std::size_t>(declared.max_bytes())) {
    count(declared.path(), "too_large");
    return Error{.kind = ErrorKind::too_large, .reason = "body_too_large"};
  }
  return {};
}

awaitable<Result<void>> Doors::take(Door& door, httpd::Request request) {
  CO_TRY_VOID(admit(door, request));
  const telemetry::Span span("door " + door.declared.path(), telemetry::Span::Kind::producer,
                             TraceContext());
  auto message = message_of(door.declared, std::move(request), span.context().traceparent());
  const auto confirmed =
      co_await publisher_->publish(door.declared.queue(), std::move(message), kConfirmWithin);
  count(door.declared.path(), confirmed ? "taken" : "unavailable");
  co_return confirmed;
}

awaitable<httpd::Response> Doors::receive(httpd::Request request) {
  Door& door = *doors_.at(request.path);
  const auto taken = co_await take(door, std::move(request));
  if (!taken) co_return problem(taken.error(), TraceContext().trace_id);
  co_return text_answer(200, "application/json", "{}");
}

}  // namespace bordero::gateway
