#include <algorithm>

#include "platform/base/clock.hpp"
#include "platform/base/money.hpp"
#include "platform/base/uuid.hpp"
#include "platform/lists/condition.hpp"

namespace bordero::lists {
namespace {

bool all_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

bool is_number(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  const auto point = text.find('.');
  if (point == std::string_view::npos) return all_digits(text) && text.size() <= 18;
  return all_digits(text.substr(0, point)) && all_digits(text.substr(point + 1)) &&
         text.size() <= 30;
}

std::optional<std::string> checked_instant(const std::string& text) {
  if (Date::parse(text)) return text;
  const auto instant = parse_instant(text);
  if (!instant) return std::nullopt;
  const int year = Date{std::chrono::floor<std::chrono::days>(*instant)}.year();
  if (year < 1900 || year > 2200) return std::nullopt;
  return instant_text(*instant);
}

std::optional<std::string> checked_money(const std::string& text) {
  const auto minor = parse_amount(text, "filter");
  if (!minor) return std::nullopt;
  return std::to_string(*minor);
}

}  // namespace

std::optional<std::string> checked_value(FieldType type, const std::string& text) {
  bool fits = true;
  switch (type) {
    case FieldType::number:
      fits = is_number(text);
      break;
    case FieldType::money:
      return checked_money(text);
    case FieldType::boolean:
      fits = text == "true" || text == "false";
      break;
    case FieldType::date:
      fits = Date::parse(text).has_value();
      break;
    case FieldType::instant:
      return checked_instant(text);
    case FieldType::uuid:
      fits = Uuid::parse(text).has_value();
      break;
    case FieldType::keyword:
    case FieldType::text:
      break;
  }
  if (!fits) return std::nullopt;
  return text;
}

std::string sql_type_of(FieldType type, const std::string& value) {
  switch (type) {
    case FieldType::number:
      return value.find('.') == std::string::npos ? "bigint" : "numeric";
    case FieldType::money:
      return "bigint";
    case FieldType::boolean:
      return "boolean";
    case FieldType::date:
      return "date";
    case FieldType::instant:
      return "timestamptz";
    case FieldType::uuid:
      return "uuid";
    case FieldType::keyword:
    case FieldType::text:
      break;
  }
  return "text";
}

std::string quoted_text(const std::string& text) {
  std::string quoted = "'";
  for (const char c : text) {
    if (c == '\'') quoted.push_back('\'');
    quoted.push_back(c);
  }
  return quoted + "'";
}

}  // namespace bordero::lists
