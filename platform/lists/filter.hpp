#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "platform/base/result.hpp"

namespace bordero::lists {

// field operator value, as it stands in a filter. Columns count characters from 1.
struct Term {
  std::string field;
  std::string op;  // = != < <= > >= :
  std::string value;
  bool quoted = false;
  int field_column = 0;
  int value_column = 0;
};

inline constexpr std::size_t kMaxFilterBytes = 2048;
inline constexpr std::size_t kMaxTerms = 20;

// Comparisons joined by AND; nothing for an empty filter. One loop, no recursion.
Result<std::vector<Term>> parse_filter(std::string_view filter);

// An error of the filter that points at a column.
Error filter_error(std::string code, int column, const std::string& what);

bool is_utf8(std::string_view text);  // Well-formed, and without NUL.

}  // namespace bordero::lists
