#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/result.hpp"

namespace bordero::lists {

// What a field is compared with. Columns count characters from 1.
struct Value {
  enum class Kind { text, null, function };
  Kind kind = Kind::text;
  std::string text;                     // Of a function: its name.
  std::vector<std::size_t> stars = {};  // Where in the text a * stands for any characters.
  bool quoted = false;
  std::optional<int> argument = {};  // Of a function.
  int column = 0;
};

// field operator value, or field operator (value OR value …).
struct Term {
  std::string field;
  std::string op;  // = != < <= > >= :
  std::vector<Value> values;
  int column = 0;  // Where the field stands.
};

// A filter as a tree of AIP-160: OR binds tighter than AND, and terms that just follow each other
// are joined by AND.
struct Node {
  enum class Kind { all, any, negated, term };
  Kind kind = Kind::all;  // Without parts: everything.
  std::vector<Node> parts = {};
  Term term = {};
};

inline constexpr std::size_t kMaxFilterBytes = 2048;
inline constexpr std::size_t kMaxValues = 40;  // Values that anything is compared with.
inline constexpr int kMaxDepth = 10;           // Of parentheses.

Result<Node> parse_filter(std::string_view filter);
// Whether a well-formed filter compares this field with anything.
bool speaks_of(const Node& node, std::string_view field);

// An error of the filter that points at a column.
Error filter_error(std::string code, int column, const std::string& what);

bool is_utf8(std::string_view text);  // Well-formed, and without NUL.

}  // namespace bordero::lists
