#include "services/crm/src/journal/happened.hpp"

#include "platform/base/uuid.hpp"
#include "platform/json/json.hpp"

namespace bordero::crm {
namespace {

void add_name(std::string& json, const char* name) {
  if (json.size() > 1) json.push_back(',');
  json::append_string(json, name);
  json.push_back(':');
}

void add_text(std::string& json, const char* name, const std::string& value) {
  if (value.empty()) return;
  add_name(json, name);
  json::append_string(json, value);
}

}  // namespace

std::string details_json(const Happened& happened) {
  std::string json = "{";
  add_text(json, "from", happened.from);
  add_text(json, "to", happened.to);
  add_text(json, "reason", happened.reason);
  add_text(json, "user_name", happened.user_name);
  add_text(json, "function", happened.function);
  add_text(json, "subject", happened.subject);
  add_text(json, "subject_id", happened.subject_id);
  if (!happened.fields.empty()) {
    add_name(json, "fields");
    std::string fields;
    for (const auto& field : happened.fields) {
      if (!fields.empty()) fields.push_back(',');
      json::append_string(fields, field);
    }
    json += "[" + fields + "]";
  }
  return json + "}";
}

void write_happened(pg::Transaction& tx, const Context& context, const std::string& deal_id,
                    const Happened& happened) {
  tx.execute(R"sql(
      INSERT INTO deal_events (id, deal_id, kind, actor_id, details)
      VALUES ($1, $2, $3, $4, $5))sql",
             Uuid::v7(), deal_id, happened.kind, context.caller.actor(), details_json(happened));
}

}  // namespace bordero::crm
