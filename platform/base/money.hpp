#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "platform/base/result.hpp"

namespace bordero {

inline constexpr std::int64_t kMaxMinor = 10'000'000'000'000;  // ±10^13 minor units.

// Reads a decimal string with at most two places and no exponent: "12345.67" is 1234567.
Result<std::int64_t> parse_amount(std::string_view text, const char* field);
// Writes minor units with two places: 1234567 is "12345.67".
std::string amount_text(std::int64_t minor);
// Adds within the range, or refuses with `amount_out_of_range`.
Result<std::int64_t> add_amounts(std::int64_t a, std::int64_t b);
// A share of an amount; the rate in units of 0.0001 %, rounded half away from zero.
Result<std::int64_t> share_of(std::int64_t minor, std::int64_t rate_units);
// A percentage in units of 0.0001 %, read from text with at most four places: "18.5" is 185000.
// From nothing to the whole.
Result<std::int64_t> parse_percent(std::string_view text, const char* field);
std::string percent_text(std::int64_t units);  // "18.5"
// Three capital letters.
bool is_currency(std::string_view code);

}  // namespace bordero
