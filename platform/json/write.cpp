#include <absl/strings/escaping.h>

#include <array>
#include <charconv>

#include "bordero/common/v1/common.pb.h"
#include "platform/base/money.hpp"
#include "platform/json/json.hpp"
#include "platform/json/plan.hpp"

namespace bordero::json {
namespace {

using google::protobuf::Message;
using google::protobuf::Reflection;
using Shape = FieldPlan::Shape;

template <class Number>
void append_number(std::string& out, Number number) {
  char digits[32];
  const auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
  out.append(digits, end);
}

void append_money(std::string& out, const Message& message) {
  const auto& money = static_cast<const common::v1::Money&>(message);
  out += "{\"amount\":\"";
  out += amount_text(money.amount_minor());
  out += "\",\"currency\":";
  append_string(out, money.currency());
  out += '}';
}

void append_message(std::string& out, const Message& message, const MessagePlan& plan, bool top);

void append_text(std::string& out, Shape shape, const std::string& text) {
  switch (shape) {
    case Shape::raw:
      out += text.empty() ? "null" : text;
      break;
    case Shape::bytes:
      append_string(out, absl::Base64Escape(text));
      break;
    default:
      append_string(out, text);
  }
}

bool is_text(Shape shape) {
  return shape == Shape::text || shape == Shape::raw || shape == Shape::bytes;
}

void append_item(std::string& out, const Message& message, const Reflection& reflect,
                 const FieldPlan& plan, int index) {
  const auto* field = plan.field;
  if (is_text(plan.shape)) {
    std::string scratch;
    append_text(out, plan.shape,
                reflect.GetRepeatedStringReference(message, field, index, &scratch));
    return;
  }
  switch (plan.shape) {
    case Shape::message:
      append_message(out, reflect.GetRepeatedMessage(message, field, index), *plan.message, false);
      break;
    case Shape::enumeration:
      append_string(
          out, enum_tail(field->enum_type(), reflect.GetRepeatedEnumValue(message, field, index)));
      break;
    case Shape::boolean:
      out += reflect.GetRepeatedBool(message, field, index) ? "true" : "false";
      break;
    case Shape::i32:
      append_number(out, reflect.GetRepeatedInt32(message, field, index));
      break;
    case Shape::i64:
      append_number(out, reflect.GetRepeatedInt64(message, field, index));
      break;
    case Shape::u32:
      append_number(out, reflect.GetRepeatedUInt32(message, field, index));
      break;
    case Shape::u64:
      append_number(out, reflect.GetRepeatedUInt64(message, field, index));
      break;
    default:
      append_number(out, reflect.GetRepeatedDouble(message, field, index));
  }
}

void append_scalar(std::string& out, const Message& message, const Reflection& reflect,
                   const FieldPlan& plan) {
  const auto* field = plan.field;
  switch (plan.shape) {
    case Shape::boolean:
      out += reflect.GetBool(message, field) ? "true" : "false";
      break;
    case Shape::i32:
      append_number(out, reflect.GetInt32(message, field));
      break;
    case Shape::i64:
      append_number(out, reflect.GetInt64(message, field));
      break;
    case Shape::u32:
      append_number(out, reflect.GetUInt32(message, field));
      break;
    case Shape::u64:
      append_number(out, reflect.GetUInt64(message, field));
      break;
    default:
      append_number(out, reflect.GetDouble(message, field));
  }
}

bool is_empty(const Message& message, const Reflection& reflect, const FieldPlan& plan) {
  if (plan.repeated) return reflect.FieldSize(message, plan.field) == 0;
  if (plan.has_presence && !reflect.HasField(message, plan.field)) return true;
  if (is_text(plan.shape)) {
    if (plan.has_presence) return false;  // Sent as empty: that is what it says.
    std::string scratch;
    return reflect.GetStringReference(message, plan.field, &scratch).empty();
  }
  return plan.shape == Shape::enumeration &&
         enum_tail(plan.field->enum_type(), reflect.GetEnumValue(message, plan.field)).empty();
}

void append_list(std::string& out, const Message& message, const Reflection& reflect,
                 const FieldPlan& plan) {
  const int size = reflect.FieldSize(message, plan.field);
  out += '[';
  for (int i = 0; i < size; ++i) {
    if (i > 0) out += ',';
    append_item(out, message, reflect, plan, i);
  }
  out += ']';
}

void append_value(std::string& out, const Message& message, const Reflection& reflect,
                  const FieldPlan& plan) {
  if (plan.repeated) return append_list(out, message, reflect, plan);
  if (is_text(plan.shape)) {
    std::string scratch;
    append_text(out, plan.shape, reflect.GetStringReference(message, plan.field, &scratch));
  } else if (plan.shape == Shape::enumeration) {
    const int number = reflect.GetEnumValue(message, plan.field);
    append_string(out, enum_tail(plan.field->enum_type(), number));
  } else if (plan.shape == Shape::message) {
    append_message(out, reflect.GetMessage(message, plan.field), *plan.message, false);
  } else {
    append_scalar(out, message, reflect, plan);
  }
}

void append_message(std::string& out, const Message& message, const MessagePlan& plan, bool top) {
  if (plan.money) return append_money(out, message);
  const Reflection& reflect = *message.GetReflection();
  bool first = true;
  out += '{';
  for (const FieldPlan& field : plan.fields) {
    const bool kept = field.repeated && top;
    if (!kept && is_empty(message, reflect, field)) continue;
    if (!first) out += ',';
    first = false;
    out += field.key;
    append_value(out, message, reflect, field);
  }
  out += '}';
}

// For each byte: 0 to be copied, 'u' for \u00xx, otherwise the letter after the backslash.
constexpr std::array<char, 256> kEscapes = [] {
  std::array<char, 256> escapes{};
  for (int c = 0; c < 32; ++c) escapes[static_cast<std::size_t>(c)] = 'u';
  escapes['\b'] = 'b';
  escapes['\f'] = 'f';
  escapes['\n'] = 'n';
  escapes['\r'] = 'r';
  escapes['\t'] = 't';
  escapes['"'] = '"';
  escapes['\\'] = '\\';
  return escapes;
}();

}  // namespace

void append_string(std::string& out, std::string_view text) {
  constexpr char kHex[] = "0123456789abcdef";
  out += '"';
  std::size_t copied = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const char escape = kEscapes[byte];
    if (escape == 0) continue;
    out.append(text, copied, i - copied);
    copied = i + 1;
    out += '\\';
    out += escape;
    if (escape == 'u') out.append({'0', '0', kHex[byte >> 4], kHex[byte & 15]});
  }
  out.append(text, copied);
  out += '"';
}

void append(std::string& out, const Message& message) {
  append_message(out, message, plan_of(message.GetDescriptor()), true);
}

void append_field(std::string& out, const Message& message,
                  const google::protobuf::FieldDescriptor* field) {
  const MessagePlan& plan = plan_of(message.GetDescriptor());
  const FieldPlan& one = plan.fields[static_cast<std::size_t>(field->index())];
  const Reflection& reflect = *message.GetReflection();
  if (!one.repeated && is_empty(message, reflect, one)) {
    out += "null";
  } else {
    append_value(out, message, reflect, one);
  }
}

std::string text(const Message& message) {
  std::string out;
  append(out, message);
  return out;
}

}  // namespace bordero::json
