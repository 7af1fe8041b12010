#include "services/gateway/src/stream/change.hpp"

#include <algorithm>
#include <memory>

#include "platform/json/json.hpp"
#include "platform/rpc/contract.hpp"

namespace bordero::gateway {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// Whether the field, or anything inside it, is more than personal.
bool is_guarded(const FieldDescriptor* field, int depth = 0) {
  if (rpc::class_of(field) > PERSONAL) return true;
  const Descriptor* inner = field->message_type();
  if (inner == nullptr || depth > 4) return false;
  for (int i = 0; i < inner->field_count(); ++i) {
    if (is_guarded(inner->field(i), depth + 1)) return true;
  }
  return false;
}

// What depends on who reads the record cannot be told to all alike.
bool is_per_reader(const FieldDescriptor* field) {
  const Descriptor* inner = field->message_type();
  return (inner != nullptr && inner->name() == "Capability") ||
         field->name().starts_with("allowed_");
}

std::string value_of(const Message& message, const FieldDescriptor* field) {
  std::string value;
  json::append_field(value, message, field);
  return value;
}

class Changed {
 public:
  explicit Changed(v1::Change& change) : change_(change) {}

  void add(const FieldDescriptor* field, const std::string& value) {
    if (is_per_reader(field)) return;
    if (is_guarded(field)) {
      change_.add_sensitive(field->name());
      return;
    }
    if (!json_.empty()) json_ += ',';
    json::append_string(json_, field->name());
    json_ += ':';
    json_ += value;
  }
  void finish() { change_.set_changed("{" + json_ + "}"); }

 private:
  v1::Change& change_;
  std::string json_;
};

const Message* inner_of(const Message& event, const char* name) {
  const FieldDescriptor* field = event.GetDescriptor()->FindFieldByName(name);
  if (field == nullptr || field->is_repeated() || field->message_type() == nullptr) return nullptr;
  return &event.GetReflection()->GetMessage(event, field);
}

// The record that an event without before and after carries.
const Message* record_of(const Message& event) {
  const Descriptor* type = event.GetDescriptor();
  for (int i = 0; i < type->field_count(); ++i) {
    if (const Message* record = inner_of(event, type->field(i)->name().c_str())) return record;
  }
  return nullptr;
}

void add_differences(const Message& before, const Message& after, Changed& changed) {
  const Descriptor* type = after.GetDescriptor();
  for (int i = 0; i < type->field_count(); ++i) {
    const FieldDescriptor* field = type->field(i);
    const std::string value = value_of(after, field);
    if (value != value_of(before, field)) changed.add(field, value);
  }
}

void add_fields(const Message& record, Changed& changed) {
  const Descriptor* type = record.GetDescriptor();
  for (int i = 0; i < type->field_count(); ++i) {
    const std::string value = value_of(record, type->field(i));
    if (value != "null" && value != "[]") changed.add(type->field(i), value);
  }
}

std::string text_of(const Message& message, const char* name) {
  const FieldDescriptor* field = message.GetDescriptor()->FindFieldByName(name);
  const bool text = field != nullptr && !field->is_repeated() &&
                    field->cpp_type() == FieldDescriptor::CPPTYPE_STRING;
  return text ? message.GetReflection()->GetString(message, field) : std::string();
}

void describe(const mq::Event& event, v1::Change& change) {
  const auto declared = rpc::events().find(event.meta.type());
  if (declared == rpc::events().end()) return;
  const Message* prototype =
      google::protobuf::MessageFactory::generated_factory()->GetPrototype(declared->second);
  const std::unique_ptr<Message> message(prototype->New());
  if (!event.parse(*message)) return;

  Changed changed(change);
  const Message* before = inner_of(*message, "before");
  const Message* after = inner_of(*message, "after");
  const Message* record = after != nullptr ? after : record_of(*message);
  if (before != nullptr && after != nullptr) {
    add_differences(*before, *after, changed);
  } else if (record != nullptr) {
    add_fields(*record, changed);
  }
  changed.finish();
  if (record != nullptr) change.set_deal_id(text_of(*record, "deal_id"));
}

}  // namespace

bool StreamEntry::visible_to(const std::string& user_id, std::string_view role) const {
  return std::find(users.begin(), users.end(), user_id) != users.end() ||
         std::find(roles.begin(), roles.end(), role) != roles.end();
}

StreamEntry entry_of(const mq::Event& event) {
  v1::Change change;
  change.set_kind(event.meta.entity_type());
  change.set_id(event.meta.subject());
  change.set_version(event.meta.version());
  change.set_type(event.meta.type());
  change.set_actor_id(event.meta.actor());
  change.set_at(event.meta.time());
  describe(event, change);
  StreamEntry entry{.event_id = event.meta.id(), .data = json::text(change)};
  entry.users.assign(event.meta.audience_users().begin(), event.meta.audience_users().end());
  entry.roles.assign(event.meta.audience_roles().begin(), event.meta.audience_roles().end());
  return entry;
}

}  // namespace bordero::gateway
