#include "platform/base/uuid.hpp"
#include "platform/json/json.hpp"
#include "platform/mq/publish_many.hpp"
#include "platform/mq/wakeup.hpp"
#include "platform/rpc/contract.hpp"
#include "platform/telemetry/trace.hpp"

namespace bordero::mq {
namespace {

// All headers of a message travel in one frame of the broker's.
constexpr std::size_t kAudience = 1000;

std::string source_of(const std::string& type) { return type.substr(0, type.find('.')); }

common::v1::EventMeta meta_of(const Context& context, const std::string& type, const About& about,
                              Instant now) {
  common::v1::EventMeta meta;
  meta.set_id(Uuid::v7().str());
  meta.set_type(type);
  meta.set_source(source_of(type));
  meta.set_subject(about.entity_id);
  meta.set_time(instant_text(now));
  meta.set_version(about.version);
  meta.set_actor(context.caller.actor());
  meta.set_entity_type(about.entity_type);
  meta.mutable_audience_users()->Assign(about.audience_users.begin(), about.audience_users.end());
  meta.mutable_audience_roles()->Assign(about.audience_roles.begin(), about.audience_roles.end());
  meta.set_trace_id(context.trace.trace_id);
  return meta;
}

std::string type_of(const google::protobuf::Message& event, const About& about) {
  const std::string type(rpc::event_type(event.GetDescriptor()));
  ensure(!type.empty(), "only messages with (bordero.event) are published");
  ensure(about.audience_users.size() <= kAudience, "an audience fits into a message's headers");
  return type;
}

}  // namespace

void publish(pg::Transaction& tx, const Context& context, const google::protobuf::Message& event,
             const About& about) {
  const std::string type = type_of(event, about);

  const telemetry::Span span("publish " + type, telemetry::Span::Kind::producer, context.trace);
  const Instant now = clock::now();
  const auto meta = meta_of(context, type, about, now);
  tx.execute(R"sql(
      INSERT INTO outbox (event_id, type, subject, time, headers, traceparent, body)
      VALUES ($1, $2, $3, $4, $5, $6, $7))sql",
             meta.id(), type, about.entity_id, now, json::text(meta), span.context().traceparent(),
             json::text(event));
  tx.after_commit([source = meta.source()] { wake_relay(source); });
}

void publish_many(pg::Transaction& tx, const Context& context,
                  const std::vector<Publication>& publications) {
  if (publications.empty()) return;
  const telemetry::Span span("publish many", telemetry::Span::Kind::producer, context.trace);
  const Instant now = clock::now();
  std::vector<std::string> ids;
  std::vector<std::string> types;
  std::vector<std::string> subjects;
  std::vector<std::string> headers;
  std::vector<std::string> bodies;
  for (const auto& [event, about] : publications) {
    const auto meta = meta_of(context, type_of(*event, about), about, now);
    ids.push_back(meta.id());
    types.push_back(meta.type());
    subjects.push_back(about.entity_id);
    headers.push_back(json::text(meta));
    bodies.push_back(json::text(*event));
  }
  tx.execute(R"sql(
      INSERT INTO outbox (event_id, type, subject, time, headers, traceparent, body)
      SELECT id, type, subject, $6, headers::jsonb, $7, body
        FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[])
             WITH ORDINALITY AS given (id, type, subject, headers, body, place)
       ORDER BY place)sql",
             ids, types, subjects, headers, bodies, now, span.context().traceparent());
  tx.after_commit([source = source_of(types.front())] { wake_relay(source); });
}

}  // namespace bordero::mq
