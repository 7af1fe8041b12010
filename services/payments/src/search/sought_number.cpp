#include "services/payments/src/search/sought_number.hpp"

#include <algorithm>

#include "platform/search/folding.hpp"

namespace bordero::payments {
namespace {

constexpr std::size_t kYearDigits = 4;
constexpr std::size_t kNumberDigits = 6;
constexpr std::size_t kMostDigits = 12;
// Fewer begin the numbers of half of all policies.
constexpr std::size_t kPolicyDigits = 5;

bool is_number_alone(std::string_view typed) {
  return search::code_of(typed) == search::digits_of(typed);
}

}  // namespace

std::vector<std::string> sought_numbers(std::string_view typed, int this_year) {
  const std::string digits = search::digits_of(typed);
  if (!is_number_alone(typed) || digits.empty() || digits.size() > kMostDigits) return {};
  if (digits.size() >= kYearDigits + kNumberDigits) {
    return {digits.substr(0, kYearDigits) + "-" + digits.substr(kYearDigits)};
  }
  const std::string zeros(kNumberDigits - std::min(kNumberDigits, digits.size()), '0');
  std::vector<std::string> numbers;
  for (const int year : {this_year, this_year - 1}) {
    std::string& number = numbers.emplace_back(std::to_string(year));
    number.append("-").append(zeros).append(digits);
  }
  return numbers;
}

std::string sought_policy_digits(std::string_view typed) {
  std::string digits = search::digits_of(typed);
  if (digits.size() < kPolicyDigits) digits.clear();
  return digits;
}

}  // namespace bordero::payments
