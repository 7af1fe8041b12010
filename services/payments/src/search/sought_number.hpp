#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace bordero::payments {

// Numbers of payments that somebody may mean: "2026-000147" itself, "147" or "№ 000147" of this
// year and the last. None when other words stand with it.
std::vector<std::string> sought_numbers(std::string_view typed, int this_year);

// The digits of a policy's number as they are indexed; empty when too few to look for.
std::string sought_policy_digits(std::string_view typed);

}  // namespace bordero::payments
