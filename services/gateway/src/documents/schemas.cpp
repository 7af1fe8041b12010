#include "services/gateway/src/documents/schemas.hpp"

#include <boost/json/value.hpp>

#include "bordero/common/v1/common.pb.h"
#include "platform/json/json.hpp"
#include "services/gateway/src/documents/comments.hpp"

namespace bordero::gateway {
namespace {

using boost::json::array;
using boost::json::object;
using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

constexpr int kDefaultMaxLength = 200;
constexpr int kDefaultMaxItems = 100;

object reference(const std::string& name) { return {{"$ref", "#/components/schemas/" + name}}; }

const char* format_name(Format format) {
  switch (format) {
    case UUID:
      return "uuid";
    case DATE:
      return "date";
    case INSTANT:
      return "date-time";
    case EMAIL:
      return "email";
    default:
      return nullptr;
  }
}

object text_schema(const FieldDescriptor* field, bool with_limits) {
  const Rule& rule = rpc::rule_of(field);
  object schema{{"type", "string"}};
  if (field->type() == FieldDescriptor::TYPE_BYTES) schema["contentEncoding"] = "base64";
  if (const char* format = format_name(rule.format())) schema["format"] = format;
  if (rule.format() == DECIMAL) schema["pattern"] = "^-?[0-9]+(\\.[0-9]+)?$";
  const bool fixed_form =
      rule.format() == UUID || rule.format() == DATE || rule.format() == INSTANT;
  if (!with_limits || fixed_form) return schema;
  if (rule.required() || rule.min_length() > 0)
    schema["minLength"] = std::max(1, rule.min_length());
  schema["maxLength"] = rule.max_length() > 0 ? rule.max_length() : kDefaultMaxLength;
  return schema;
}

object number_schema(const FieldDescriptor* field) {
  const Rule& rule = rpc::rule_of(field);
  const bool wide = field->cpp_type() == FieldDescriptor::CPPTYPE_INT64;
  object schema{{"type", "integer"}, {"format", wide ? "int64" : "int32"}};
  if (rule.min() != 0 || rule.max() != 0) {
    schema["minimum"] = rule.min();
    schema["maximum"] = rule.max();
  }
  return schema;
}

// What the writer always writes: numbers, booleans, and what every record has.
bool always_answered(const FieldDescriptor* field) {
  if (field->is_repeated() || field->has_presence()) return false;
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      return field->name() == "id";
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return false;
    default:
      return true;
  }
}

// Lists of an outermost message are written even when empty; this one is never inside another.
bool is_list_reply(const Descriptor* message) { return message->name().ends_with("Reply"); }

// PATCH takes null for "clear".
void allow_null(object& schema) {
  if (const auto* type = schema.if_contains("type")) {
    schema["type"] = array{*type, "null"};
  } else {
    object wrapped{{"anyOf", array{schema, object{{"type", "null"}}}}};
    schema = std::move(wrapped);
  }
}

}  // namespace

std::string Schemas::name_for(const std::string& full_name, const std::string& wanted) {
  std::string name = wanted;
  // Two services may use one word; the later gets its service's name in front.
  if (const auto taken = owners_.find(name); taken != owners_.end() && taken->second != full_name) {
    const std::size_t start = full_name.find('.') + 1;
    std::string service = full_name.substr(start, full_name.find('.', start) - start);
    service[0] = static_cast<char>(service[0] - 32);
    name = service + wanted;
  }
  owners_.emplace(name, full_name);
  return name;
}

object Schemas::money_ref() {
  made_["Money"] = {
      {"type", "object"},
      {"description", "An amount of money."},
      {"properties",
       object{
           {"amount", object{{"type", "string"},
                             {"pattern", "^-?[0-9]{1,12}(\\.[0-9]{1,2})?$"},
                             {"description", "A decimal number with at most two places."}}},
           {"currency",
            object{{"type", "string"}, {"pattern", "^[A-Z]{3}$"}, {"description", "ISO 4217."}}}}},
      {"required", array{"amount", "currency"}},
      {"additionalProperties", false},
      {"examples", array{object{{"amount", "12345.67"}, {"currency", "RUB"}}}}};
  return reference("Money");
}

object Schemas::enum_ref(const google::protobuf::EnumDescriptor* type) {
  const std::string name = name_for(type->full_name(), type->name());
  array values;
  for (int i = 0; i < type->value_count(); ++i) {
    const std::string& tail = json::enum_tail(type, type->value(i)->number());
    if (!tail.empty()) values.emplace_back(tail);
  }
  made_[name] = {{"type", "string"}, {"enum", std::move(values)}};
  return reference(name);
}

object Schemas::value_schema(const FieldDescriptor* field, Side side) {
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return message_ref(field->message_type(), side);
    case FieldDescriptor::CPPTYPE_ENUM:
      return enum_ref(field->enum_type());
    case FieldDescriptor::CPPTYPE_BOOL:
      return {{"type", "boolean"}};
    case FieldDescriptor::CPPTYPE_STRING:
      if (rpc::rule_of(field).raw_json()) return {};
      return text_schema(field, side == Side::request);
    default:
      return number_schema(field);
  }
}

object Schemas::field_schema(const FieldDescriptor* field, Side side) {
  object schema = value_schema(field, side);
  if (field->is_repeated()) {
    const int max = rpc::rule_of(field).max_items();
    schema = {{"type", "array"}, {"items", std::move(schema)}};
    if (side == Side::request) schema["maxItems"] = max > 0 ? max : kDefaultMaxItems;
  }
  if (const std::string words = comment_of(field); !words.empty()) schema["description"] = words;
  return schema;
}

object Schemas::message_body(const Descriptor* message, Side side) {
  object properties;
  array required;
  for (int i = 0; i < message->field_count(); ++i) {
    const FieldDescriptor* field = message->field(i);
    if (rpc::filled_by_gateway(field)) continue;
    properties[field->name()] = field_schema(field, side);
    const bool listed = field->is_repeated() && is_list_reply(message);
    const bool needed =
        side == Side::request ? rpc::rule_of(field).required() : always_answered(field) || listed;
    if (needed) required.emplace_back(field->name());
  }
  object schema{{"type", "object"}};
  if (const std::string words = comment_of(message); !words.empty()) schema["description"] = words;
  schema["properties"] = std::move(properties);
  if (!required.empty()) schema["required"] = std::move(required);
  if (side == Side::request) schema["additionalProperties"] = false;
  return schema;
}

object Schemas::message_ref(const Descriptor* message, Side side) {
  if (message == common::v1::Money::descriptor()) return money_ref();
  const std::string suffix = side == Side::request ? "Input" : "";
  const std::string name = name_for(message->full_name() + suffix, message->name() + suffix);
  if (!made_.contains(name)) {
    made_[name] = {};  // Named before it is described: a message may contain itself.
    made_[name] = message_body(message, side);
  }
  return reference(name);
}

object Schemas::reply(const Descriptor* message) { return message_ref(message, Side::reply); }

object Schemas::request(const rpc::Method& method, const RequestShape& shape) {
  const Descriptor* message = method.descriptor->input_type();
  const std::string name = name_for(message->full_name(), message->name());
  const bool patch = method.verb == rpc::Verb::patch;
  object properties;
  array required;
  for (const FieldDescriptor* field : shape.body) {
    object schema = field_schema(field, Side::request);
    if (patch) {
      schema.erase("minLength");
      allow_null(schema);
    }
    properties[field->name()] = std::move(schema);
    if (rpc::rule_of(field).required()) required.emplace_back(field->name());
  }
  object schema{{"type", "object"}, {"properties", std::move(properties)}};
  if (!required.empty()) schema["required"] = std::move(required);
  schema["additionalProperties"] = false;
  made_[name] = std::move(schema);
  return reference(name);
}

object Schemas::parameter(const FieldDescriptor* field) {
  object schema = field_schema(field, Side::request);
  schema.erase("description");
  return schema;
}

object Schemas::all() const {
  object schemas;
  for (const auto& [name, schema] : made_) schemas[name] = schema;
  return schemas;
}

}  // namespace bordero::gateway
