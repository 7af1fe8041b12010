#include <charconv>

#include "platform/base/error.hpp"
#include "platform/pg/fill.hpp"
#include "platform/pg/row.hpp"

namespace bordero::pg {
namespace {

template <class Number>
void read_number(std::string_view text, Number& value) {
  const auto [end, error] = std::from_chars(text.begin(), text.end(), value);
  if (error != std::errc() || end != text.end()) throw Broken("a column holds no such number");
}

template <class T>
void take(const std::optional<T>& parsed, T& value, const char* what) {
  if (!parsed) throw Broken(what);
  value = *parsed;
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  throw Broken("a column holds no bytea");
}

// Reads one element of an array literal from `at`, up to its comma or the closing brace.
std::string read_element(std::string_view text, std::size_t& at) {
  std::string element;
  const bool quoted = text[at] == '"';
  if (quoted) ++at;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (quoted ? c == '"' : c == ',' || c == '}') break;
    if (c == '\\') ++at;
    if (at < text.size()) element.push_back(text[at]);
  }
  if (quoted) ++at;
  return element;
}

}  // namespace

void read_text(std::string_view text, std::string& value) { value = text; }
void read_text(std::string_view text, int& value) { read_number(text, value); }
void read_text(std::string_view text, std::int64_t& value) { read_number(text, value); }
void read_text(std::string_view text, double& value) { read_number(text, value); }

void read_text(std::string_view text, bool& value) {
  if (text != "t" && text != "f") throw Broken("a column holds no truth value");
  value = text == "t";
}

void read_text(std::string_view text, Date& value) {
  take(Date::parse(text), value, "a column holds no date");
}

void read_text(std::string_view text, Instant& value) {
  take(parse_instant(rfc3339(text)), value, "a column holds no time");
}

void read_text(std::string_view text, Uuid& value) {
  take(Uuid::parse(text), value, "a column holds no uuid");
}

void read_text(std::string_view text, Bytes& value) {
  if (!text.starts_with("\\x") || text.size() % 2 != 0) throw Broken("a column holds no bytea");
  value.value.clear();
  value.value.reserve(text.size() / 2 - 1);
  for (std::size_t i = 2; i < text.size(); i += 2) {
    value.value.push_back(static_cast<char>(hex_digit(text[i]) << 4 | hex_digit(text[i + 1])));
  }
}

void read_text(std::string_view text, std::vector<std::string>& value) {
  if (!text.starts_with('{') || !text.ends_with('}')) throw Broken("a column holds no array");
  value.clear();
  std::size_t at = 1;
  while (at < text.size() && text[at] != '}') {
    value.push_back(read_element(text, at));
    if (at < text.size() && text[at] == ',') ++at;
  }
}

int read_enum(std::string_view text, const google::protobuf::EnumDescriptor* type) {
  const auto number = enum_number(type, text);
  if (!number) throw Broken("a column holds no value of " + type->full_name());
  return *number;
}

}  // namespace bordero::pg
