#pragma once

#include <string>
#include <vector>

#include "platform/lists/condition.hpp"
#include "platform/lists/list_query.hpp"

namespace bordero::lists {

struct SortKey {
  std::string column;
  FieldType type = FieldType::text;
  bool descending = false;
  bool nullable = false;
};

// The keys of "field [desc], …" and the unique last one, in the direction of the key before it, so
// that one index serves both directions.
Result<std::vector<SortKey>> parse_order(const Spec& spec, std::string_view order_by);
std::string order_sql(const std::vector<SortKey>& keys);

// The condition "comes after the row with these key values". NULL is an absent value.
std::string after_sql(const std::vector<SortKey>& keys, const std::vector<pg::Param>& values,
                      Conditions& conditions);
// Whether the values can be compared with the keys; a page token comes from outside.
bool fit(const std::vector<SortKey>& keys, const std::vector<pg::Param>& values);

}  // namespace bordero::lists
