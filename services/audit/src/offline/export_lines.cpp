#include "services/audit/src/offline/export_lines.hpp"

#include <algorithm>
#include <boost/json/parse.hpp>

#include "platform/json/json.hpp"

namespace bordero::audit {
namespace {

namespace js = boost::json;

constexpr std::string_view kForm = "bordero-audit-export-1";

void add(std::string& line, std::string_view key, std::string_view text) {
  if (line.back() != '{') line += ',';
  json::append_string(line, key);
  line += ':';
  json::append_string(line, text);
}

void add(std::string& line, std::string_view key, std::int64_t number) {
  if (line.back() != '{') line += ',';
  json::append_string(line, key);
  line += ':' + std::to_string(number);
}

// The fields of one object; remembers whether any was absent or of another kind.
class Fields {
 public:
  explicit Fields(const js::object& object) : object_(object) {}

  std::string text(const char* key) {
    const auto* value = object_.if_contains(key);
    if (value != nullptr && value->is_string())
      return std::string(value->as_string().c_str(), value->as_string().size());
    complete_ = false;
    return {};
  }
  std::int64_t number(const char* key) {
    const auto* value = object_.if_contains(key);
    if (value != nullptr && value->is_int64()) return value->as_int64();
    complete_ = false;
    return 0;
  }
  Instant instant(const char* key) {
    const auto parsed = parse_instant(text(key));
    complete_ = complete_ && parsed.has_value();
    return parsed.value_or(Instant());
  }
  std::string bytes(const char* key) {
    auto parsed = from_hex(text(key));
    complete_ = complete_ && parsed.has_value();
    return std::move(parsed).value_or("");
  }
  Hash hash(const char* key) {
    const std::string raw = bytes(key);
    Hash hash{};
    if (raw.size() == hash.size()) {
      std::copy(raw.begin(), raw.end(), hash.begin());
    } else {
      complete_ = false;
    }
    return hash;
  }
  bool complete() const { return complete_; }

 private:
  const js::object& object_;
  bool complete_ = true;
};

Result<Head> head_from(const js::object& object) {
  Fields fields(object);
  Head head{.size = fields.number("size"),
            .root = fields.hash("root"),
            .signed_at = fields.instant("signed_at"),
            .signature = fields.bytes("signature"),
            .public_key = fields.bytes("public_key")};
  if (!fields.complete()) return invalid("head_malformed");
  return head;
}

Result<ExportLine> entry_from(const js::object& object) {
  Fields fields(object);
  ExportedEntry exported{
      .entry = {.position = fields.number("position"),
                .event_id = fields.text("event_id"),
                .at = fields.instant("at"),
                .actor_id = fields.text("actor_id"),
                .action = fields.text("action"),
                .entity_type = fields.text("entity_type"),
                .entity_id = fields.text("entity_id"),
                .entity_version = static_cast<int>(fields.number("entity_version")),
                .service = fields.text("service"),
                .reason = fields.text("reason"),
                .trace_id = fields.text("trace_id"),
                .before = fields.text("before"),
                .after = fields.text("after"),
                .details = fields.text("details")},
      .leaf = fields.hash("leaf")};
  if (!fields.complete()) return invalid("entry_malformed");
  return ExportLine(std::move(exported));
}

}  // namespace

std::string start_line() {
  std::string line = "{";
  add(line, "form", kForm);
  return line + "}\n";
}

std::string entry_line(const Entry& entry, std::string_view leaf) {
  std::string line = "{\"entry\":{";
  add(line, "position", entry.position);
  add(line, "event_id", entry.event_id);
  add(line, "at", instant_text(entry.at));
  add(line, "actor_id", entry.actor_id);
  add(line, "action", entry.action);
  add(line, "entity_type", entry.entity_type);
  add(line, "entity_id", entry.entity_id);
  add(line, "entity_version", entry.entity_version);
  add(line, "service", entry.service);
  add(line, "reason", entry.reason);
  add(line, "trace_id", entry.trace_id);
  add(line, "before", entry.before);
  add(line, "after", entry.after);
  add(line, "details", entry.details);
  add(line, "leaf", hex(leaf));
  return line + "}}\n";
}

std::string head_line(const Head& head) {
  std::string line = "{\"head\":{";
  add(line, "size", head.size);
  add(line, "root", hex(head.root));
  add(line, "signed_at", instant_text(head.signed_at));
  add(line, "signature", hex(head.signature));
  add(line, "public_key", hex(head.public_key));
  return line + "}}\n";
}

std::string end_line(std::int64_t size) {
  std::string line = "{\"end\":{";
  add(line, "size", size);
  return line + "}}\n";
}

Result<ExportLine> read_line(std::string_view line) {
  js::error_code failed;
  const js::value parsed = js::parse(js::string_view(line.data(), line.size()), failed);
  const auto* object = failed ? nullptr : parsed.if_object();
  if (object == nullptr || object->size() != 1) return invalid("line_malformed");
  const auto& [key, value] = *object->begin();

  if (key == "form" && value.is_string()) {
    if (std::string_view(value.as_string().c_str()) != kForm) return invalid("form_unknown");
    return ExportLine(ExportStart());
  }
  if (!value.is_object()) return invalid("line_malformed");
  if (key == "entry") return entry_from(value.as_object());
  if (key == "head") return ExportLine(TRY(head_from(value.as_object())));
  if (key != "end") return invalid("line_malformed");
  Fields fields(value.as_object());
  const ExportEnd end{.size = fields.number("size")};
  if (!fields.complete()) return invalid("line_malformed");
  return ExportLine(end);
}

Result<Head> read_head(std::string_view json) {
  js::error_code failed;
  const js::value parsed = js::parse(js::string_view(json.data(), json.size()), failed);
  if (failed || !parsed.is_object()) return invalid("head_malformed");
  return head_from(parsed.as_object());
}

}  // namespace bordero::audit
