#include "services/audit/src/entries/entry.hpp"

namespace bordero::audit {
namespace {

constexpr std::string_view kForm = "bordero-audit-entry-1";

void append_netstring(std::string& out, std::string_view text) {
  out += std::to_string(text.size());
  out += ':';
  out += text;
  out += ',';
}

}  // namespace

std::string canonical(const Entry& entry) {
  std::string form;
  form.reserve(512 + entry.before.size() + entry.after.size() + entry.details.size());
  append_netstring(form, kForm);
  append_netstring(form, std::to_string(entry.position));
  append_netstring(form, entry.event_id);
  append_netstring(form, instant_text(entry.at));
  append_netstring(form, entry.actor_id);
  append_netstring(form, entry.action);
  append_netstring(form, entry.entity_type);
  append_netstring(form, entry.entity_id);
  append_netstring(form, std::to_string(entry.entity_version));
  append_netstring(form, entry.service);
  append_netstring(form, entry.reason);
  append_netstring(form, entry.trace_id);
  append_netstring(form, entry.before);
  append_netstring(form, entry.after);
  append_netstring(form, entry.details);
  return form;
}

Hash leaf_of(const Entry& entry) { return leaf_hash(canonical(entry)); }

}  // namespace bordero::audit
