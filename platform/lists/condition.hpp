#pragma once

#include <optional>
#include <string>
#include <vector>

#include "platform/lists/filter.hpp"
#include "platform/lists/list_query.hpp"

namespace bordero::lists {

// The parameters of conditions under construction.
struct Conditions {
  int next_param = 1;
  std::string me = {};                                // What me() stands for.
  std::optional<std::vector<std::string>> team = {};  // And my_team().
  std::vector<pg::Param> params = {};

  std::string add_param(pg::Param param);  // "$7"
};

// The condition of one term, or why the field does not take it. Never NULL where it is negated.
Result<std::string> term_sql(Conditions& conditions, const Field& field, const Term& term);

// A value of this type in the form that PostgreSQL takes, or nothing when it is none. Checked
// here, because the database would answer nonsense with an error that looks like a fault of ours.
std::optional<std::string> checked_value(FieldType type, const std::string& text);
// "date" for a value of this type, "numeric" for 1.5.
std::string sql_type_of(FieldType type, const std::string& value);
std::string quoted_text(const std::string& text);  // 'it''s'
// Whether the condition holds not, also where it is NULL.
std::string negated(const std::string& condition);

}  // namespace bordero::lists
