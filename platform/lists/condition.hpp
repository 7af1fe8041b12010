#pragma once

#include <string>
#include <vector>

#include "platform/lists/filter.hpp"
#include "platform/lists/list_query.hpp"

namespace bordero::lists {

// Conditions under construction and their parameters.
struct Conditions {
  int next_param = 1;
  std::vector<std::string> sql;
  std::vector<pg::Param> params;

  std::string add_param(pg::Param param);  // "$7"
};

// Appends the condition of one term, or says why the field does not take it.
Result<void> add_condition(Conditions& conditions, const Field& field, const Term& term);

// A value of this type in the form that PostgreSQL takes, or nothing when it is none. Checked
// here, because the database would answer nonsense with an error that looks like a fault of ours.
std::optional<std::string> checked_value(FieldType type, const std::string& text);
// "::date" for a value of this type; nothing where the column decides.
std::string cast_of(FieldType type, const std::string& value);
std::string quoted_text(const std::string& text);  // 'it''s'

}  // namespace bordero::lists
