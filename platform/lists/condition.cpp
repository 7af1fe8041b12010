#include "platform/lists/condition.hpp"

#include <algorithm>

#include "platform/base/clock.hpp"
#include "platform/base/uuid.hpp"

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

const char* wrong_value(FieldType type) {
  switch (type) {
    case FieldType::number:
      return "not_a_number";
    case FieldType::boolean:
      return "not_a_boolean";
    case FieldType::date:
      return "not_a_date";
    case FieldType::instant:
      return "not_an_instant";
    case FieldType::uuid:
      return "not_a_uuid";
    case FieldType::keyword:
      return "unknown_value";
    case FieldType::text:
      break;
  }
  return "bad_value";
}

bool is_order(const std::string& op) { return op[0] == '<' || op[0] == '>'; }

bool takes(const Field& field, const std::string& op) {
  if (!field.condition.empty()) return !is_order(op);
  const bool ordered = field.type != FieldType::uuid && field.type != FieldType::boolean &&
                       field.type != FieldType::keyword;
  return ordered || !is_order(op);
}

// The text with the characters that LIKE reads specially made plain.
std::string like_pattern(const std::string& text) {
  std::string pattern = "%";
  for (const char c : text) {
    if (c == '%' || c == '_' || c == '\\') pattern.push_back('\\');
    pattern.push_back(c);
  }
  return pattern + "%";
}

std::string with_value(const std::string& condition, const std::string& param) {
  std::string sql;
  for (std::size_t i = 0; i < condition.size(); ++i) {
    const bool place = condition[i] == '$' && i + 1 < condition.size() && condition[i + 1] == '?';
    if (place)
      sql += param;
    else
      sql += condition[i];
    if (place) ++i;
  }
  return "(" + sql + ")";
}

// A day compared with an instant stands for all of that day in the agency's zone.
std::string day_condition(const std::string& column, const std::string& op,
                          const std::string& param) {
  const std::string zone = " AT TIME ZONE " + quoted_text(clock::time_zone());
  const std::string start = "(" + param + "::date::timestamp" + zone + ")";
  const std::string end = "((" + param + "::date + 1)::timestamp" + zone + ")";
  std::string from_start = column + " >= " + start;
  std::string before_end = column + " < " + end;
  if (op == "<") return column + " < " + start;
  if (op == "<=") return before_end;
  if (op == ">") return column + " >= " + end;
  if (op == ">=") return from_start;
  const std::string within = "(" + from_start + " AND " + before_end + ")";
  return op == "!=" ? within + " IS NOT TRUE" : within;
}

std::string absence(const Field& field, bool absent) {
  if (field.type == FieldType::text) {
    return "coalesce(" + field.column + ", '') " + (absent ? "=" : "<>") + " ''";
  }
  return field.column + (absent ? " IS NULL" : " IS NOT NULL");
}

std::string comparison(const Field& field, const std::string& op, const std::string& param) {
  if (op == "!=") return field.column + " IS DISTINCT FROM " + param;
  return field.column + (op == ":" ? " = " : " " + op + " ") + param;
}

Result<std::string> value_of(const Field& field, const Term& term) {
  auto value = checked_value(field.type, term.value);
  const auto& words = field.keywords;
  if (field.type == FieldType::keyword && !words.empty() &&
      std::find(words.begin(), words.end(), term.value) == words.end()) {
    value.reset();
  }
  if (value) return *value;
  Error error =
      filter_error(wrong_value(field.type), term.value_column, "the value does not fit the field");
  if (field.type == FieldType::keyword) error.allowed = words;
  return error;
}

std::string condition_of(Conditions& conditions, const Field& field, const Term& term,
                         const std::string& value) {
  if (!field.condition.empty()) {
    const std::string param = conditions.add_param(value) + cast_of(field.type, value);
    const std::string holds = with_value(field.condition, param);
    return term.op == "!=" ? "NOT " + holds : holds;
  }
  if (field.type == FieldType::text && term.op == ":") {
    return field.column + " ILIKE " + conditions.add_param(like_pattern(value)) + "::text";
  }
  const std::string param = conditions.add_param(value);
  if (field.type == FieldType::instant && Date::parse(value)) {
    return day_condition(field.column, term.op, param);
  }
  return comparison(field, term.op, param + cast_of(field.type, value));
}

}  // namespace

std::string Conditions::add_param(pg::Param param) {
  params.push_back(std::move(param));
  return "$" + std::to_string(next_param++);
}

std::optional<std::string> checked_value(FieldType type, const std::string& text) {
  bool fits = true;
  switch (type) {
    case FieldType::number:
      fits = is_number(text);
      break;
    case FieldType::boolean:
      fits = text == "true" || text == "false";
      break;
    case FieldType::date:
      fits = Date::parse(text).has_value();
      break;
    case FieldType::instant: {
      if (Date::parse(text)) return text;
      const auto instant = parse_instant(text);
      if (!instant) return std::nullopt;
      const int year = Date{std::chrono::floor<std::chrono::days>(*instant)}.year();
      if (year < 1900 || year > 2200) return std::nullopt;
      return instant_text(*instant);
    }
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

std::string cast_of(FieldType type, const std::string& value) {
  switch (type) {
    case FieldType::number:
      return value.find('.') == std::string::npos ? "::bigint" : "::numeric";
    case FieldType::boolean:
      return "::boolean";
    case FieldType::date:
      return "::date";
    case FieldType::instant:
      return "::timestamptz";
    case FieldType::uuid:
      return "::uuid";
    case FieldType::keyword:
    case FieldType::text:
      break;
  }
  return "::text";
}

std::string quoted_text(const std::string& text) {
  std::string quoted = "'";
  for (const char c : text) {
    if (c == '\'') quoted.push_back('\'');
    quoted.push_back(c);
  }
  return quoted + "'";
}

Result<void> add_condition(Conditions& conditions, const Field& field, const Term& term) {
  if (!takes(field, term.op)) {
    return filter_error("wrong_operator", term.field_column,
                        term.field + " does not take " + term.op);
  }
  const bool equality = term.op == "=" || term.op == "!=";
  if (field.nullable && term.quoted && term.value.empty() && equality) {
    conditions.sql.push_back(absence(field, term.op == "="));
    return {};
  }
  const std::string value = TRY(value_of(field, term));
  conditions.sql.push_back(condition_of(conditions, field, term, value));
  return {};
}

}  // namespace bordero::lists
