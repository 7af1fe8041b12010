#include "platform/pg/fill.hpp"

#include "bordero/common/v1/common.pb.h"
#include "platform/json/json.hpp"
#include "platform/pg/row.hpp"

namespace bordero::pg {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

constexpr Oid kBytea = 17;
constexpr Oid kJson = 114;
constexpr Oid kJsonb = 3802;
constexpr Oid kTimestamp = 1114;
constexpr Oid kTimestamptz = 1184;

template <class T>
T read_as(std::string_view text) {
  T value{};
  read_text(text, value);
  return value;
}

// JSON goes through the reader of stored JSON, which reads whole messages: the value is wrapped
// as the only field of one.
void fill_json(Message& message, const FieldDescriptor* field, std::string_view text) {
  std::string object = "{\"";
  object.append(field->name()).append("\":").append(text).push_back('}');
  const std::unique_ptr<Message> parsed(message.New());
  const auto read = json::parse_stored(object, *parsed);
  if (!read) throw Broken("a column holds no JSON of field " + field->full_name());
  message.GetReflection()->SwapFields(&message, parsed.get(), {field});
}

void fill_money(Message& message, const ResultSet& result, int row, const FillStep& step) {
  if (step.field->message_type() != common::v1::Money::descriptor()) {
    throw Broken("only JSON fills the field " + step.field->full_name());
  }
  auto* money = static_cast<common::v1::Money*>(
      message.GetReflection()->MutableMessage(&message, step.field));
  money->set_amount_minor(read_as<std::int64_t>(result.text(row, step.column)));
  if (step.currency_column >= 0) {
    money->set_currency(std::string(result.text(row, step.currency_column)));
  }
}

void fill_array(Message& message, const FieldDescriptor* field, std::string_view text) {
  const Reflection* reflection = message.GetReflection();
  reflection->ClearField(&message, field);
  for (std::string& element : read_as<std::vector<std::string>>(text)) {
    switch (field->cpp_type()) {
      case FieldDescriptor::CPPTYPE_STRING:
        reflection->AddString(&message, field, std::move(element));
        break;
      case FieldDescriptor::CPPTYPE_ENUM:
        reflection->AddEnumValue(&message, field, read_enum(element, field->enum_type()));
        break;
      case FieldDescriptor::CPPTYPE_INT32:
        reflection->AddInt32(&message, field, read_as<int>(element));
        break;
      case FieldDescriptor::CPPTYPE_INT64:
        reflection->AddInt64(&message, field, read_as<std::int64_t>(element));
        break;
      default:
        throw Broken("no array fills the field " + field->full_name());
    }
  }
}

std::string string_of(Oid type, std::string_view text) {
  if (type == kTimestamptz || type == kTimestamp) return rfc3339(text);
  if (type == kBytea) return read_as<Bytes>(text).value;
  return std::string(text);
}

void fill_scalar(Message& message, const FieldDescriptor* field, Oid type, std::string_view text) {
  const Reflection* reflection = message.GetReflection();
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      return reflection->SetString(&message, field, string_of(type, text));
    case FieldDescriptor::CPPTYPE_ENUM:
      return reflection->SetEnumValue(&message, field, read_enum(text, field->enum_type()));
    case FieldDescriptor::CPPTYPE_INT32:
      return reflection->SetInt32(&message, field, read_as<int>(text));
    case FieldDescriptor::CPPTYPE_INT64:
      return reflection->SetInt64(&message, field, read_as<std::int64_t>(text));
    case FieldDescriptor::CPPTYPE_BOOL:
      return reflection->SetBool(&message, field, read_as<bool>(text));
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return reflection->SetDouble(&message, field, read_as<double>(text));
    default:
      throw Broken("no column fills the field " + field->full_name());
  }
}

}  // namespace

void fill_field(Message& message, const ResultSet& result, int row, const FillStep& step) {
  const FieldDescriptor* field = step.field;
  const Oid type = result.shape().type(step.column);
  const std::string_view text = result.text(row, step.column);
  const bool is_json = type == kJsonb || type == kJson;
  const bool is_message = field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE;

  if (is_message && !is_json) return fill_money(message, result, row, step);
  if (is_json && (is_message || field->is_repeated())) return fill_json(message, field, text);
  if (field->is_repeated()) return fill_array(message, field, text);
  fill_scalar(message, field, type, text);
}

std::string rfc3339(std::string_view timestamptz) {
  constexpr std::size_t kSeconds = 19;  // "2026-11-23 10:15:30"
  if (timestamptz.size() < kSeconds || timestamptz[10] != ' ') {
    throw Broken("a time outside of what the API can say");
  }
  std::string text(timestamptz.substr(0, kSeconds));
  text[10] = 'T';
  std::string_view rest = timestamptz.substr(kSeconds);
  if (rest.ends_with("+00")) rest.remove_suffix(3);
  text.append(rest.empty() ? "." : rest);
  text.resize(kSeconds + 7, '0');
  text.push_back('Z');
  return text;
}

}  // namespace bordero::pg
