#include "services/audit/src/entries/recorded_json.hpp"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <vector>

#include "bordero/common/v1/common.pb.h"
#include "platform/json/json.hpp"
#include "platform/rpc/contract.hpp"

namespace bordero::audit {
namespace {

namespace js = boost::json;
using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

std::string_view view(const js::string& text) { return {text.data(), text.size()}; }
std::string_view view(js::string_view text) { return {text.data(), text.size()}; }

void append_canonical(std::string& out, const js::value& value) {
  if (const auto* object = value.if_object()) {
    std::vector<const js::key_value_pair*> pairs;
    for (const auto& pair : *object) pairs.push_back(&pair);
    std::sort(pairs.begin(), pairs.end(),
              [](const auto* a, const auto* b) { return a->key() < b->key(); });
    out += '{';
    for (const auto* pair : pairs) {
      if (pair != pairs.front()) out += ',';
      json::append_string(out, view(pair->key()));
      out += ':';
      append_canonical(out, pair->value());
    }
    out += '}';
  } else if (const auto* array = value.if_array()) {
    out += '[';
    for (std::size_t i = 0; i < array->size(); ++i) {
      if (i > 0) out += ',';
      append_canonical(out, (*array)[i]);
    }
    out += ']';
  } else if (const auto* text = value.if_string()) {
    json::append_string(out, view(*text));
  } else {
    out += js::serialize(value);
  }
}

// A message whose JSON has fields of its own; money is one value.
const Descriptor* message_within(const FieldDescriptor* field) {
  if (field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) return nullptr;
  if (field->message_type() == common::v1::Money::descriptor()) return nullptr;
  return field->message_type();
}

void mask_within(js::value& value, const Descriptor* type) {
  if (auto* array = value.if_array()) {
    for (auto& item : *array) mask(item, type);
  } else {
    mask(value, type);
  }
}

std::string taken(js::object& body, std::string_view name) {
  const auto found = body.find(js::string_view(name.data(), name.size()));
  if (found == body.end() || found->value().is_null()) return {};
  std::string text = canonical_json(found->value());
  body.erase(found);
  return text;
}

// "client" of ClientCreated: the one message that the event carries whole.
const FieldDescriptor* entity_field(const Descriptor* type) {
  const FieldDescriptor* entity = nullptr;
  for (int i = 0; i < type->field_count(); ++i) {
    const FieldDescriptor* field = type->field(i);
    if (message_within(field) == nullptr || field->is_repeated()) continue;
    if (entity != nullptr) return nullptr;
    entity = field;
  }
  return entity;
}

}  // namespace

std::string canonical_json(const js::value& value) {
  std::string out;
  append_canonical(out, value);
  return out;
}

void mask(js::value& value, const Descriptor* type) {
  auto* object = value.if_object();
  if (object == nullptr) {
    value = js::string_view(kMasked.data(), kMasked.size());
    return;
  }
  std::vector<std::string> secrets;
  for (auto& pair : *object) {
    const std::string name(view(pair.key()));
    const FieldDescriptor* field = type->FindFieldByName(name);
    const FieldClass level = field == nullptr ? SENSITIVE : rpc::class_of(field);
    if (level == SECRET) {
      secrets.push_back(name);
    } else if (level == SENSITIVE) {
      pair.value() = js::string_view(kMasked.data(), kMasked.size());
    } else if (const Descriptor* inner = message_within(field); inner != nullptr) {
      mask_within(pair.value(), inner);
    }
  }
  for (const auto& name : secrets) object->erase(name);
}

Result<Change> read_change(std::string_view body, const Descriptor* type) {
  js::error_code failed;
  js::value parsed = js::parse(js::string_view(body.data(), body.size()), failed);
  if (failed || !parsed.is_object()) return invalid("event_body_is_not_an_object");
  mask(parsed, type);

  js::object& fields = parsed.as_object();
  Change change;
  if (const auto* reason = fields.if_contains("reason"); reason != nullptr && reason->is_string()) {
    change.reason = view(reason->as_string());
    fields.erase("reason");
  }
  change.before = taken(fields, "before");
  change.after = taken(fields, "after");
  if (const auto* entity = entity_field(type); entity != nullptr) {
    if (change.after.empty()) change.after = taken(fields, entity->name());
  }
  if (!fields.empty()) change.details = canonical_json(parsed);
  return change;
}

}  // namespace bordero::audit
