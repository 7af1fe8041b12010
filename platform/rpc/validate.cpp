#include <google/protobuf/descriptor.h>

#include <charconv>

#include "platform/base/clock.hpp"
#include "platform/base/uuid.hpp"
#include "platform/rpc/contract.hpp"
#include "platform/search/folding.hpp"

namespace bordero::rpc {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

constexpr int kDefaultMaxLength = 200;
constexpr int kDefaultMaxItems = 100;

int characters(std::string_view text) {
  int count = 0;
  for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  return count;
}

bool is_email(std::string_view text) {
  const std::size_t at = text.find('@');
  return at != 0 && at != std::string_view::npos && text.rfind('@') == at && at + 1 < text.size() &&
         text.find_first_of(" \t\r\n<>,;") == std::string_view::npos;
}

bool is_decimal(std::string_view text) {
  double value = 0;
  const auto [end, error] =
      std::from_chars(text.begin(), text.end(), value, std::chars_format::fixed);
  return error == std::errc() && end == text.end();
}

const char* format_fault(Format format, std::string_view text) {
  switch (format) {
    case UUID:
      return Uuid::parse(text) ? nullptr : "not_a_uuid";
    case DATE:
      return Date::parse(text) ? nullptr : "not_a_date";
    case INSTANT:
      return parse_instant(text) ? nullptr : "not_an_instant";
    case EMAIL:
      return is_email(text) ? nullptr : "not_an_email";
    case DECIMAL:
      return is_decimal(text) ? nullptr : "not_a_number";
    default:
      return nullptr;
  }
}

class Validator {
 public:
  explicit Validator(Error& error) : error_(error) {}

  void check(const Message& message, const std::string& path) {
    const auto* descriptor = message.GetDescriptor();
    if (!descriptor->full_name().starts_with("bordero.")) return;
    for (int i = 0; i < descriptor->field_count(); ++i) {
      check_field(message, descriptor->field(i), path);
    }
  }

 private:
  void fault(const std::string& field, const char* code, std::string detail = {}) {
    if (error_.fields.size() < 50) error_.fields.push_back({field, code, std::move(detail)});
  }

  void check_field(const Message& message, const FieldDescriptor* field, const std::string& path) {
    const Reflection* reflection = message.GetReflection();
    const Rule& rule = rule_of(field);
    const std::string name = path + field->name();
    if (field->is_repeated()) {
      check_items(message, field, rule, name);
    } else if (field->type() == FieldDescriptor::TYPE_BYTES) {
      std::string scratch;
      check_bytes(reflection->GetStringReference(message, field, &scratch), rule, name);
    } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
      std::string scratch;
      const auto& text = reflection->GetStringReference(message, field, &scratch);
      check_text(text, rule, name);
    } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
      const bool present = reflection->HasField(message, field);
      if (present) check(reflection->GetMessage(message, field), name + ".");
      if (!present && rule.required()) fault(name, "required");
    } else {
      check_number(message, field, rule, name);
    }
  }

  void check_items(const Message& message, const FieldDescriptor* field, const Rule& rule,
                   const std::string& name) {
    const Reflection* reflection = message.GetReflection();
    const int size = reflection->FieldSize(message, field);
    const int most = rule.max_items() > 0 ? rule.max_items() : kDefaultMaxItems;
    if (size == 0 && rule.required()) fault(name, "required");
    if (size > most) return fault(name, "too_many_items", "at most " + std::to_string(most));
    for (int i = 0; i < size; ++i) {
      const std::string item = name + "[" + std::to_string(i) + "]";
      if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
        check(reflection->GetRepeatedMessage(message, field, i), item + ".");
      } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
        check_text(reflection->GetRepeatedString(message, field, i), rule, item);
      }
    }
  }

  // Bytes are no text: only their number is limited.
  void check_bytes(const std::string& bytes, const Rule& rule, const std::string& name) {
    const int most = rule.max_length() > 0 ? rule.max_length() : kDefaultMaxLength;
    if (bytes.empty() && rule.required()) fault(name, "required");
    if (bytes.size() > static_cast<std::size_t>(most)) fault(name, "too_long");
  }

  void check_text(const std::string& text, const Rule& rule, const std::string& name) {
    if (text.empty()) {
      if (rule.required()) fault(name, "required");
      return;
    }
    const int most = rule.max_length() > 0 ? rule.max_length() : kDefaultMaxLength;
    const int length = characters(text);
    if (length > most) {
      return fault(name, "too_long", "at most " + std::to_string(most) + " characters");
    }
    if (length < rule.min_length()) {
      return fault(name, "too_short", "at least " + std::to_string(rule.min_length()));
    }
    if (text.find('\0') != std::string::npos) return fault(name, "control_character");
    const bool blank = search::is_blank(text);
    if (rule.required() && blank) return fault(name, "required");
    // Signs that nobody sees and that would be taken for a text.
    const bool ascii = std::all_of(text.begin(), text.end(), [](char c) { return c > 0; });
    if (blank && !ascii) return fault(name, "control_character");
    if (const char* code = format_fault(rule.format(), text)) fault(name, code);
  }

  void check_number(const Message& message, const FieldDescriptor* field, const Rule& rule,
                    const std::string& name) {
    const Reflection* reflection = message.GetReflection();
    std::int64_t value = 0;
    switch (field->cpp_type()) {
      case FieldDescriptor::CPPTYPE_INT32:
        value = reflection->GetInt32(message, field);
        break;
      case FieldDescriptor::CPPTYPE_INT64:
        value = reflection->GetInt64(message, field);
        break;
      case FieldDescriptor::CPPTYPE_ENUM:
        value = reflection->GetEnumValue(message, field);
        if (rule.required() && value == 0) fault(name, "required");
        return;
      default:
        return;
    }
    // An optional number that is not there is none, not zero.
    if (field->has_presence() && !reflection->HasField(message, field)) return;
    const bool ranged = rule.min() != 0 || rule.max() != 0;
    if (ranged && (value < rule.min() || value > rule.max())) {
      fault(name, "out_of_range",
            "from " + std::to_string(rule.min()) + " to " + std::to_string(rule.max()));
    }
  }

  Error& error_;
};

}  // namespace

Result<void> validate(const google::protobuf::Message& request) {
  Error error = invalid("invalid_argument");
  Validator(error).check(request, "");
  if (!error.fields.empty()) return error;
  return {};
}

}  // namespace bordero::rpc
