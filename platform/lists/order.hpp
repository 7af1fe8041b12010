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

// The list after the row with these key values (NULL is an absent value), or from its beginning,
// as stretches that an index gives in order. Where the first key may be absent they are two, since
// no index condition says "greater or absent".
std::vector<Stretch> stretches_of(const std::vector<SortKey>& keys,
                                  const std::vector<pg::Param>* values, int next_param);
// Whether the values can be compared with the keys; a page token comes from outside.
bool fit(const std::vector<SortKey>& keys, const std::vector<pg::Param>& values);

}  // namespace bordero::lists
