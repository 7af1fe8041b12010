#include "services/audit/src/entries/entry_of_event.hpp"

#include "platform/rpc/contract.hpp"
#include "services/audit/src/entries/recorded_json.hpp"

namespace bordero::audit {
namespace {

// An identifier or name from the envelope: PostgreSQL keeps no NUL in texts.
Result<std::string> plain(const std::string& text, const char* reason) {
  if (text.find('\0') != std::string::npos) return invalid(reason);
  return text;
}

}  // namespace

Result<Entry> entry_of(const mq::Event& event) {
  const auto& meta = event.meta;
  const auto id = Uuid::parse(meta.id());
  if (!id) return invalid("event_id_is_not_a_uuid");
  const auto at = parse_instant(meta.time());
  if (!at) return invalid("event_time_is_not_an_instant");
  const auto type = rpc::events().find(meta.type());
  if (type == rpc::events().end()) return invalid("event_type_unknown");
  Change change = TRY(read_change(event.body, type->second));

  Entry entry;
  entry.event_id = id->str();
  entry.at = std::chrono::floor<std::chrono::microseconds>(*at);
  entry.actor_id = TRY(plain(meta.actor(), "event_actor_malformed"));
  entry.action = meta.type();
  entry.entity_type = TRY(plain(meta.entity_type(), "event_entity_type_malformed"));
  entry.entity_id = TRY(plain(meta.subject(), "event_subject_malformed"));
  entry.entity_version = meta.version();
  entry.service = TRY(plain(meta.source(), "event_source_malformed"));
  entry.reason = TRY(plain(change.reason, "event_reason_malformed"));
  entry.trace_id = TRY(plain(meta.trace_id(), "event_trace_malformed"));
  entry.before = std::move(change.before);
  entry.after = std::move(change.after);
  entry.details = std::move(change.details);
  return entry;
}

}  // namespace bordero::audit
