#include "platform/pg/param.hpp"

#include <charconv>

#include "platform/base/bytes.hpp"
#include "platform/base/error.hpp"
#include "platform/json/json.hpp"

namespace bordero::pg {
namespace {

template <class Number>
std::string number_text(Number number) {
  char digits[32];
  const auto [end, error] = std::to_chars(digits, digits + sizeof digits, number);
  ensure(error == std::errc(), "a number fits in 32 characters");
  return {digits, end};
}

void append_element(std::string& literal, std::string_view text) {
  literal.push_back('"');
  for (const char c : text) {
    if (c == '"' || c == '\\') literal.push_back('\\');
    literal.push_back(c);
  }
  literal.push_back('"');
}

}  // namespace

std::string enum_tail(const google::protobuf::EnumDescriptor* type, int number) {
  const std::string& tail = json::enum_tail(type, number);
  ensure(number == 0 || !tail.empty(), "an enum's number has a name");
  return tail;
}

std::optional<int> enum_number(const google::protobuf::EnumDescriptor* type,
                               std::string_view tail) {
  return tail.empty() ? 0 : json::enum_number(type, tail);
}

Param to_param(std::nullptr_t) { return std::nullopt; }
Param to_param(std::string text) { return text; }
Param to_param(std::string_view text) { return std::string(text); }
Param to_param(const char* text) { return std::string(text); }
Param to_param(bool flag) { return std::string(flag ? "t" : "f"); }
Param to_param(int number) { return number_text(number); }
Param to_param(std::int64_t number) { return number_text(number); }
Param to_param(double number) { return number_text(number); }
Param to_param(const Date& date) { return date.str(); }
Param to_param(Instant instant) { return instant_text(instant); }
Param to_param(const Uuid& uuid) { return uuid.str(); }

Param to_param(const Bytes& bytes) { return "\\x" + hex(bytes.value); }

Param to_param(const std::vector<std::string>& texts) {
  std::string literal = "{";
  for (const std::string& text : texts) {
    if (literal.size() > 1) literal.push_back(',');
    append_element(literal, text);
  }
  literal.push_back('}');
  return literal;
}

}  // namespace bordero::pg
