#include <absl/strings/escaping.h>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/string.hpp>
#include <charconv>
#include <limits>

#include "bordero/common/v1/common.pb.h"
#include "platform/base/money.hpp"
#include "platform/json/json.hpp"
#include "platform/json/plan.hpp"
#include "platform/json/tree.hpp"

namespace bordero::json {
namespace {

using boost::json::value;
using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

constexpr std::size_t kMaxStoredValues = 1'000'000;

std::string_view view(const boost::json::string& text) { return {text.data(), text.size()}; }

// Fills messages from a checked tree and collects what does not fit, instead of stopping at it.
class Filler {
 public:
  explicit Filler(bool strict) : strict_(strict) {}

  void fill(Message& message, const boost::json::object& object, const std::string& path) {
    const Descriptor* type = message.GetDescriptor();
    for (const auto& [key, item] : object) {
      const std::string name(key.data(), key.size());
      std::string field_path = path;
      if (!path.empty()) field_path += '.';
      field_path += name;
      const FieldDescriptor* field = type->FindFieldByName(name);
      if (field == nullptr) {
        wrong(field_path, "unknown_field");
      } else if (is_mask(field)) {
        wrong(field_path, "not_settable");
      } else if (!item.is_null()) {
        fill_field(message, field, item, field_path);
      } else {
        message.GetReflection()->ClearField(&message, field);
      }
    }
  }

  // Adds to a repeated field, sets another.
  void fill_parameter(Message& message, const FieldDescriptor* field, const value& item) {
    fill_value(message, field, item, field->name());
  }

  Result<void> result() && {
    if (errors_.empty()) return {};
    Error error = invalid("invalid_argument");
    error.fields = std::move(errors_);
    return error;
  }

 private:
  static constexpr std::size_t kMaxErrors = 50;

  static bool is_mask(const FieldDescriptor* field) {
    return field->message_type() != nullptr &&
           field->message_type()->full_name() == "google.protobuf.FieldMask";
  }

  void wrong(const std::string& path, const char* code) {
    if (strict_ && errors_.size() < kMaxErrors) errors_.push_back({path.substr(0, 200), code});
  }

  void fill_field(Message& message, const FieldDescriptor* field, const value& item,
                  const std::string& path) {
    if (!field->is_repeated()) return fill_value(message, field, item, path);
    if (!item.is_array()) return wrong(path, "wrong_type");
    message.GetReflection()->ClearField(&message, field);
    std::size_t index = 0;
    for (const value& element : item.get_array()) {
      const std::string element_path = path + "[" + std::to_string(index++) + "]";
      if (element.is_null()) {
        wrong(element_path, "wrong_type");
      } else {
        fill_value(message, field, element, element_path);
      }
    }
  }

  void fill_value(Message& message, const FieldDescriptor* field, const value& item,
                  const std::string& path) {
    switch (field->cpp_type()) {
      case FieldDescriptor::CPPTYPE_STRING:
        return fill_text(message, field, item, path);
      case FieldDescriptor::CPPTYPE_MESSAGE:
        return fill_message(message, field, item, path);
      case FieldDescriptor::CPPTYPE_ENUM:
        return fill_enum(message, field, item, path);
      case FieldDescriptor::CPPTYPE_BOOL:
        if (!item.is_bool()) return wrong(path, "wrong_type");
        return put(message, field, item.get_bool(), &Reflection::SetBool, &Reflection::AddBool);
      case FieldDescriptor::CPPTYPE_INT32:
        return fill_integer<std::int32_t>(message, field, item, path, &Reflection::SetInt32,
                                          &Reflection::AddInt32);
      case FieldDescriptor::CPPTYPE_INT64:
        return fill_integer<std::int64_t>(message, field, item, path, &Reflection::SetInt64,
                                          &Reflection::AddInt64);
      default:
        wrong(path, "not_settable");
    }
  }

  template <class Value, class Set, class Add>
  static void put(Message& message, const FieldDescriptor* field, Value held, Set set, Add add) {
    const Reflection* reflect = message.GetReflection();
    if (field->is_repeated()) {
      (reflect->*add)(&message, field, std::move(held));
    } else {
      (reflect->*set)(&message, field, std::move(held));
    }
  }

  void fill_text(Message& message, const FieldDescriptor* field, const value& item,
                 const std::string& path) {
    std::string text;
    if (is_raw_json(field)) {
      append_tree(text, item);
    } else if (!item.is_string()) {
      return wrong(path, "wrong_type");
    } else if (field->type() == FieldDescriptor::TYPE_BYTES) {
      const auto& coded = item.get_string();
      if (!absl::Base64Unescape({coded.data(), coded.size()}, &text)) {
        return wrong(path, "not_base64");
      }
    } else {
      text = view(item.get_string());
    }
    put(message, field, std::move(text), &Reflection::SetString, &Reflection::AddString);
  }

  void fill_enum(Message& message, const FieldDescriptor* field, const value& item,
                 const std::string& path) {
    if (!item.is_string()) return wrong(path, "wrong_type");
    const auto number = enum_number(field->enum_type(), view(item.get_string()));
    if (!number) return wrong(path, "unknown_value");
    put(message, field, *number, &Reflection::SetEnumValue, &Reflection::AddEnumValue);
  }

  template <class Integer, class Set, class Add>
  void fill_integer(Message& message, const FieldDescriptor* field, const value& item,
                    const std::string& path, Set set, Add add) {
    if (!item.is_int64()) return wrong(path, item.is_uint64() ? "out_of_range" : "wrong_type");
    const std::int64_t number = item.get_int64();
    if (number < std::numeric_limits<Integer>::min() ||
        number > std::numeric_limits<Integer>::max()) {
      return wrong(path, "out_of_range");
    }
    put(message, field, static_cast<Integer>(number), set, add);
  }

  void fill_message(Message& message, const FieldDescriptor* field, const value& item,
                    const std::string& path) {
    if (!item.is_object()) return wrong(path, "wrong_type");
    const Reflection* reflect = message.GetReflection();
    Message* inner = field->is_repeated() ? reflect->AddMessage(&message, field)
                                          : reflect->MutableMessage(&message, field);
    if (is_money(field->message_type())) {
      fill_money(static_cast<common::v1::Money&>(*inner), item.get_object(), path);
    } else {
      fill(*inner, item.get_object(), path);
    }
  }

  void fill_money(common::v1::Money& money, const boost::json::object& object,
                  const std::string& path) {
    for (const auto& [key, item] : object) {
      const std::string_view name(key.data(), key.size());
      if (name != "amount" && name != "currency") {
        wrong(path + "." + std::string(name), "unknown_field");
      }
    }
    const value* amount = object.if_contains("amount");
    const value* currency = object.if_contains("currency");
    if (amount == nullptr || !amount->is_string()) {
      wrong(path + ".amount", amount == nullptr ? "required" : "wrong_type");
    } else if (auto minor = parse_amount(view(amount->get_string()), "amount")) {
      money.set_amount_minor(*minor);
    } else {
      wrong(path + ".amount", minor.error().fields[0].code.c_str());
    }
    if (currency == nullptr || !currency->is_string()) {
      wrong(path + ".currency", currency == nullptr ? "required" : "wrong_type");
    } else if (is_currency(view(currency->get_string()))) {
      money.set_currency(std::string(view(currency->get_string())));
    } else {
      wrong(path + ".currency", "not_a_currency");
    }
  }

  bool strict_;
  std::vector<FieldError> errors_;
};

}  // namespace

Result<void> parse(std::string_view text, Message& message, std::vector<std::string>* present) {
  const value tree = TRY(parse_tree(text, kMaxValues));
  if (!tree.is_object()) return invalid("body_not_an_object");
  if (present != nullptr) {
    for (const auto& member : tree.get_object()) present->emplace_back(member.key());
  }
  Filler filler(true);
  filler.fill(message, tree.get_object(), "");
  return std::move(filler).result();
}

Result<void> parse_stored(std::string_view text, Message& message) {
  const value tree = TRY(parse_tree(text, kMaxStoredValues));
  if (!tree.is_object()) return invalid("body_not_an_object");
  Filler filler(false);
  filler.fill(message, tree.get_object(), "");
  return {};
}

namespace {

template <class Integer>
std::optional<Integer> integer_of(std::string_view text) {
  Integer number = 0;
  const auto [end, error] = std::from_chars(text.begin(), text.end(), number);
  if (error != std::errc() || end != text.end()) return std::nullopt;
  return number;
}

// What a parameter's text is as JSON, so that one filler knows the types.
std::optional<value> value_of(const FieldDescriptor* field, std::string_view text) {
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
    case FieldDescriptor::CPPTYPE_ENUM:
      return value(boost::json::string_view(text.data(), text.size()));
    case FieldDescriptor::CPPTYPE_BOOL:
      if (text != "true" && text != "false") return std::nullopt;
      return value(text == "true");
    case FieldDescriptor::CPPTYPE_INT32:
    case FieldDescriptor::CPPTYPE_INT64:
      if (const auto number = integer_of<std::int64_t>(text)) return value(*number);
      return std::nullopt;
    default:
      return std::nullopt;
  }
}

}  // namespace

Result<void> set_from_text(Message& message, std::string_view field, std::string_view text) {
  const std::string name(field);
  const FieldDescriptor* found = message.GetDescriptor()->FindFieldByName(name);
  if (found == nullptr) return invalid_field(name.substr(0, 200), "unknown_field");
  if (!valid_utf8(text)) return invalid_field(name, "not_utf8");
  if (text.find('\0') != std::string_view::npos) return invalid_field(name, "nul_in_text");
  const auto item = value_of(found, text);
  if (!item) return invalid_field(name, "wrong_type");
  Filler filler(true);
  filler.fill_parameter(message, found, *item);
  return std::move(filler).result();
}

}  // namespace bordero::json
