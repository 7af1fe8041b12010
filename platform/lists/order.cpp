#include "platform/lists/order.hpp"

#include <algorithm>

namespace bordero::lists {
namespace {

constexpr std::size_t kMaxKeys = 5;

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  for (std::size_t at = text.find_first_not_of(' '); at != std::string_view::npos;
       at = text.find_first_not_of(' ', at)) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    words.push_back(text.substr(at, end - at));
    at = end;
  }
  return words;
}

Result<SortKey> parse_key(const Spec& spec, std::string_view part) {
  const auto words = words_of(part);
  const bool directed = words.size() == 2 && (words[1] == "desc" || words[1] == "asc");
  if (words.size() != 1 && !directed) {
    return invalid_field("order_by", "bad_order", "field [desc], …");
  }
  const auto field = spec.fields.find(std::string(words[0]));
  if (field == spec.fields.end() || !field->second.sortable) {
    return invalid_field("order_by", "unknown_field", "a field that this list is not sorted by");
  }
  const Field& known = field->second;
  return SortKey{.column = known.sort_column.empty() ? known.column : known.sort_column,
                 .type = known.type,
                 .descending = directed && words[1] == "desc",
                 .nullable = known.nullable};
}

// PostgreSQL's own text of a time, "2026-11-23 10:15:30.5+00", has no T.
std::string iso_time(std::string text) {
  if (text.size() > 10 && text[10] == ' ') text[10] = 'T';
  if (text.ends_with("+00")) text += ":00";
  return text;
}

bool fits(const SortKey& key, const std::string& value) {
  if (key.type == FieldType::text || key.type == FieldType::keyword) return is_utf8(value);
  const bool endless = value == "infinity" || value == "-infinity";
  if (endless) return key.type == FieldType::date || key.type == FieldType::instant;
  // A sort key of money is its minor units.
  if (key.type == FieldType::money) return checked_value(FieldType::number, value).has_value();
  if (key.type == FieldType::boolean) return value == "t" || value == "f";
  if (key.type == FieldType::instant) return checked_value(key.type, iso_time(value)).has_value();
  return checked_value(key.type, value).has_value();
}

FieldType id_type_of(const Spec& spec) {
  for (const auto& [name, field] : spec.fields) {
    // What a condition of its own is about may stand on the id and be of any type.
    if (field.condition.empty() && field.column == spec.id_column) return field.type;
  }
  return spec.id_type;
}

// All keys in one direction without NULLs compare as one row, which an index answers directly.
bool uniform(const std::vector<SortKey>& keys) {
  return std::none_of(keys.begin(), keys.end(), [&](const SortKey& key) {
    return key.nullable || key.descending != keys[0].descending;
  });
}

std::string beyond(const SortKey& key, const std::string& param) {
  const std::string sql = key.column + (key.descending ? " < " : " > ") + param;
  return key.nullable ? "(" + sql + " OR " + key.column + " IS NULL)" : sql;
}

std::string row_comparison(const std::vector<SortKey>& keys,
                           const std::vector<std::string>& params) {
  std::string left;
  std::string right;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    left += (i > 0 ? ", " : "") + keys[i].column;
    right += (i > 0 ? ", " : "") + params[i];
  }
  return "(" + left + ") " + (keys[0].descending ? "<" : ">") + " (" + right + ")";
}

// The condition "comes after the row with these key values".
std::string after_sql(const std::vector<SortKey>& keys, const std::vector<pg::Param>& values,
                      Conditions& conditions) {
  std::vector<std::string> params;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    params.push_back(values[i] ? conditions.add_param(values[i]) +
                                     "::" + sql_type_of(keys[i].type, *values[i])
                               : "");
  }
  if (uniform(keys)) return row_comparison(keys, params);

  // Equal in the first i keys and beyond in the next, for each i. Nothing is beyond NULL.
  std::string any;
  std::string equal;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (values[i])
      any += (any.empty() ? "" : " OR ") + ("(" + equal) + beyond(keys[i], params[i]) + ")";
    equal += keys[i].column + (values[i] ? " = " + params[i] : " IS NULL") + " AND ";
  }
  return "(" + any + ")";
}

Stretch stretch_of(const std::vector<SortKey>& keys, const std::vector<pg::Param>* values,
                   int next_param) {
  Conditions conditions{.next_param = next_param};
  Stretch stretch{.after = "true", .order_by = order_sql(keys)};
  if (values != nullptr) stretch.after = after_sql(keys, *values, conditions);
  stretch.params = std::move(conditions.params);
  return stretch;
}

}  // namespace

Result<std::vector<SortKey>> parse_order(const Spec& spec, std::string_view order_by) {
  std::string_view rest = words_of(order_by).empty() ? spec.default_order : order_by;
  std::vector<SortKey> keys;
  while (!rest.empty()) {
    const std::size_t comma = std::min(rest.find(','), rest.size());
    SortKey key = TRY(parse_key(spec, rest.substr(0, comma)));
    const bool repeated = std::any_of(keys.begin(), keys.end(), [&](const SortKey& earlier) {
      return earlier.column == key.column;
    });
    if (repeated) return invalid_field("order_by", "bad_order", "a field stands twice");
    if (keys.size() == kMaxKeys) return invalid_field("order_by", "too_many_fields");
    const bool unique = key.column == spec.id_column;
    keys.push_back(std::move(key));
    if (unique) return keys;
    if (comma + 1 == rest.size()) return invalid_field("order_by", "bad_order", "ends in a comma");
    rest.remove_prefix(std::min(comma + 1, rest.size()));
  }
  const bool descending = !keys.empty() && keys.back().descending;
  keys.push_back({.column = spec.id_column, .type = id_type_of(spec), .descending = descending});
  return keys;
}

std::string order_sql(const std::vector<SortKey>& keys) {
  std::string sql;
  for (const SortKey& key : keys) {
    if (!sql.empty()) sql += ", ";
    sql += key.column;
    if (key.descending) sql += key.nullable ? " DESC NULLS LAST" : " DESC";
  }
  return sql;
}

bool fit(const std::vector<SortKey>& keys, const std::vector<pg::Param>& values) {
  if (keys.size() != values.size()) return false;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (values[i] ? !fits(keys[i], *values[i]) : !keys[i].nullable) return false;
  }
  return true;
}

std::vector<Stretch> stretches_of(const std::vector<SortKey>& keys,
                                  const std::vector<pg::Param>* values, int next_param) {
  if (!keys[0].nullable) return {stretch_of(keys, values, next_param)};

  // Within a stretch the first key is never, or always, absent: either way its index decides.
  std::vector<SortKey> rest = keys;
  rest[0].nullable = false;
  const bool begun_absent = values != nullptr && !values->at(0);
  std::vector<Stretch> stretches;
  if (!begun_absent) {
    stretches.push_back(stretch_of(rest, values, next_param));
    stretches.back().after = keys[0].column + " IS NOT NULL AND " + stretches.back().after;
  }
  Stretch absent{.after = keys[0].column + " IS NULL", .order_by = order_sql(rest)};
  if (begun_absent) {
    Conditions conditions{.next_param = next_param};
    const std::vector<SortKey> others(rest.begin() + 1, rest.end());
    const std::vector<pg::Param> after(values->begin() + 1, values->end());
    absent.after += " AND " + after_sql(others, after, conditions);
    absent.params = std::move(conditions.params);
  }
  stretches.push_back(std::move(absent));
  return stretches;
}

}  // namespace bordero::lists
