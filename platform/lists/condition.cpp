#include "platform/lists/condition.hpp"

#include <algorithm>

#include "platform/base/clock.hpp"
#include "platform/lists/functions.hpp"

namespace bordero::lists {
namespace {

const char* wrong_value(FieldType type) {
  switch (type) {
    case FieldType::number:
      return "not_a_number";
    case FieldType::money:
      return "not_an_amount";
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
  const bool ordered = field.condition.empty() && field.type != FieldType::uuid &&
                       field.type != FieldType::boolean && field.type != FieldType::keyword;
  return ordered || !is_order(op);
}

// The text as a pattern of LIKE: its own special characters made plain, stars for anything.
std::string like_pattern(const Value& value, bool anywhere) {
  std::string pattern = anywhere ? "%" : "";
  for (std::size_t i = 0; i < value.text.size(); ++i) {
    const char c = value.text[i];
    const bool star = std::binary_search(value.stars.begin(), value.stars.end(), i);
    if (c == '%' || c == '_' || c == '\\') pattern.push_back('\\');
    pattern.push_back(star ? '%' : c);
  }
  return anywhere ? pattern + "%" : pattern;
}

// "$?" in the condition replaced.
std::string with_value(const std::string& condition, const std::string& value) {
  std::string sql;
  for (std::size_t i = 0; i < condition.size(); ++i) {
    const bool place = condition[i] == '$' && i + 1 < condition.size() && condition[i + 1] == '?';
    if (place)
      sql += value;
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
  if (op == "<") return column + " < " + start;
  if (op == "<=") return column + " < " + end;
  if (op == ">") return column + " >= " + end;
  if (op == ">=") return column + " >= " + start;
  return "(" + column + " >= " + start + " AND " + column + " < " + end + ")";
}

// One term under construction: each function gives a condition that holds where the field's value
// answers, and not (or NULL) elsewhere.
class TermSql {
 public:
  TermSql(Conditions& conditions, const Field& field, const Term& term)
      : conditions_(conditions), field_(field), term_(term) {}

  Result<std::string> sql() {
    if (!takes(field_, term_.op)) return wrong_operator();
    if (term_.op != "!=") return within(TRY(any_value(term_.op)));
    return negated(TRY(equal()));
  }

 private:
  Error wrong_operator() const {
    return filter_error("wrong_operator", term_.column, term_.field + " does not take " + term_.op);
  }

  Result<std::string> equal() { return within(TRY(any_value("="))); }

  // Absence has no place inside `within`, so it is turned into "not present" there.
  Result<std::string> within(const std::string& condition) const {
    return field_.within.empty() || is_absence_ ? condition : with_value(field_.within, condition);
  }

  Result<std::string> any_value(const std::string& op) {
    const auto& values = term_.values;
    if (values.size() == 1) return one_value(op, values[0]);
    if (is_order(op)) return wrong_operator();
    std::string any;
    std::vector<std::string> plain;
    for (const Value& value : values) {
      if (is_plain(op, value)) {
        plain.push_back(TRY(checked(value)));
        continue;
      }
      if (is_absence(op, value)) {
        return filter_error("bad_value", value.column, "null stands alone: field = null");
      }
      any += (any.empty() ? "" : " OR ") + TRY(one_value(op, value));
    }
    if (!plain.empty()) any += (any.empty() ? "" : " OR ") + one_of(plain);
    return "(" + any + ")";
  }

  // Whether the value is compared by = with the column itself.
  bool is_plain(const std::string& op, const Value& value) const {
    if (!field_.condition.empty() || value.kind == Value::Kind::null) return false;
    if (is_team(value)) return false;
    if (is_absence(op, value) || is_presence(op, value)) return false;
    if (field_.type == FieldType::text) return op == "=" && value.stars.empty();
    return field_.type != FieldType::instant;
  }
  static bool is_team(const Value& value) {
    return value.kind == Value::Kind::function && value.text == "my_team";
  }
  bool is_presence(const std::string& op, const Value& value) const {
    return op == ":" && value.text == "*" && value.stars.size() == 1;
  }
  // A quoted empty text is the older way to say null.
  bool is_absence(const std::string& op, const Value& value) const {
    if (op != "=" && op != ":") return false;
    return value.kind == Value::Kind::null ||
           (field_.nullable && value.quoted && value.text.empty() && op == "=");
  }

  Result<std::string> one_value(const std::string& op, const Value& value) {
    const bool missing = is_absence(op, value);
    if (missing || is_presence(op, value)) {
      if (!field_.condition.empty()) {
        return filter_error("bad_value", value.column, term_.field + " is never absent");
      }
      if (!missing) return present();
      is_absence_ = true;
      return field_.within.empty() ? absent() : negated(with_value(field_.within, present()));
    }
    if (value.kind == Value::Kind::null) {
      return filter_error("wrong_operator", term_.column, "null goes with = and !=");
    }
    if (is_team(value)) return one_of_team(value);
    if (field_.type == FieldType::text && field_.condition.empty()) return text_value(op, value);

    const std::string text = TRY(checked(value));
    const std::string param = is_of_few() ? quoted_text(text) : conditions_.add_param(text);
    const std::string typed = param + "::" + sql_type_of(field_.type, text);
    if (!field_.condition.empty()) return with_value(field_.condition, typed);
    if (field_.type == FieldType::instant && Date::parse(text)) {
      return day_condition(field_.column, op, param);
    }
    return field_.column + (op == ":" ? " = " : " " + op + " ") + typed;
  }

  Result<std::string> text_value(const std::string& op, const Value& value) {
    if (value.kind == Value::Kind::function) {
      const std::string text = TRY(value_of_function(value, field_.type, conditions_.me));
      return field_.column + (op == ":" ? " = " : " " + op + " ") + conditions_.add_param(text) +
             "::text";
    }
    if (op == ":") return part_of_text(like_pattern(value, true));
    if (value.stars.empty()) {
      return field_.column + " " + op + " " + conditions_.add_param(value.text) + "::text";
    }
    if (is_order(op)) {
      return filter_error("bad_value", value.column, "* goes with =, != and :");
    }
    return field_.column + " LIKE " + conditions_.add_param(like_pattern(value, false)) + "::text";
  }

  // е and ё are one letter. An index of parts of words knows no such thing, so it is asked for any
  // letter in that place.
  std::string part_of_text(const std::string& pattern) {
    std::string any;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
      const std::string_view letter = std::string_view(pattern).substr(i, 2);
      const bool either = letter == "е" || letter == "ё" || letter == "Е" || letter == "Ё";
      any.push_back(either ? '_' : pattern[i]);
      if (either) ++i;
    }
    std::string sql = field_.column + " ILIKE " + conditions_.add_param(any) + "::text";
    if (any == pattern) return sql;
    return "(" + sql + " AND translate(lower(" + field_.column +
           "), 'ё', 'е') LIKE translate(lower(" + conditions_.add_param(pattern) +
           "::text), 'ё', 'е'))";
  }

  Result<std::string> one_of_team(const Value& value) {
    if (value.argument) {
      return filter_error("wrong_argument", value.column, "my_team() takes no number");
    }
    if (!field_.person || !conditions_.team) {
      return filter_error("wrong_function", value.column,
                          "my_team() is people of deals; " + term_.field.substr(0, 60) +
                              " of this list is none of them");
    }
    const std::string any =
        "ANY(" + conditions_.add_param(pg::to_param(*conditions_.team)) + "::uuid[])";
    if (!field_.condition.empty()) return with_value(field_.condition, any);
    return field_.column + " = " + any;
  }

  // Written out, as a plan that is kept for every value cannot use the index of one status.
  bool is_of_few() const {
    return field_.type == FieldType::boolean ||
           (field_.type == FieldType::keyword && !field_.keywords.empty());
  }

  std::string one_of(const std::vector<std::string>& values) {
    if (is_of_few()) {
      std::string list;
      for (const std::string& value : values)
        list += (list.empty() ? "" : ", ") + quoted_text(value);
      return field_.column + " = ANY(ARRAY[" + list + "]::" + sql_type_of(field_.type, "") + "[])";
    }
    const bool broken = std::any_of(values.begin(), values.end(), [](const std::string& value) {
      return value.find('.') != std::string::npos;
    });
    return field_.column + " = ANY(" + conditions_.add_param(pg::to_param(values)) +
           "::" + sql_type_of(field_.type, broken ? "1.5" : "1") + "[])";
  }

  std::string present() const {
    if (field_.type == FieldType::text) return "coalesce(" + field_.column + ", '') <> ''";
    return field_.column + " IS NOT NULL";
  }
  std::string absent() const {
    if (field_.type == FieldType::text) return "coalesce(" + field_.column + ", '') = ''";
    return field_.column + " IS NULL";
  }

  Result<std::string> checked(const Value& value) const {
    std::string text = value.text;
    if (value.kind == Value::Kind::function) {
      text = TRY(value_of_function(value, field_.type, conditions_.me));
    }
    auto fitting = checked_value(field_.type, text);
    const auto& words = field_.keywords;
    if (field_.type == FieldType::keyword && !words.empty() &&
        std::find(words.begin(), words.end(), text) == words.end()) {
      fitting.reset();
    }
    if (fitting) return *fitting;
    Error error =
        filter_error(wrong_value(field_.type), value.column, "the value does not fit the field");
    if (field_.type == FieldType::keyword) error.allowed = words;
    return error;
  }

  Conditions& conditions_;
  const Field& field_;
  const Term& term_;
  bool is_absence_ = false;
};

}  // namespace

std::string Conditions::add_param(pg::Param param) {
  params.push_back(std::move(param));
  return "$" + std::to_string(next_param++);
}

std::string negated(const std::string& condition) { return "(" + condition + ") IS NOT TRUE"; }

Result<std::string> term_sql(Conditions& conditions, const Field& field, const Term& term) {
  return TermSql(conditions, field, term).sql();
}

}  // namespace bordero::lists
