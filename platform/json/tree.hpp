#pragma once

#include <boost/json/value.hpp>

#include <string>
#include <string_view>

#include "platform/base/result.hpp"

namespace bordero::json {

inline constexpr std::size_t kMaxDepth = 32;
inline constexpr std::size_t kMaxValues = 10'000;

// Reads one JSON text: RFC 8259 to the letter, and besides no duplicate keys, no NUL, at most
// kMaxDepth levels and `max_values` values.
Result<boost::json::value> parse_tree(std::string_view text, std::size_t max_values);

// JSON as text again, for fields that hold raw JSON.
void append_tree(std::string& out, const boost::json::value& tree);

}  // namespace bordero::json
