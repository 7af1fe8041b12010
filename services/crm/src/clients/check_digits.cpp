#include "services/crm/src/clients/check_digits.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace bordero::crm {
namespace {

bool all_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

constexpr std::string_view kVinLetters = "ABCDEFGHJKLMNPRSTUVWXYZ";
constexpr std::string_view kVinValues = "12345678123457923456789";
constexpr std::array<int, 17> kVinWeights = {8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2};

// The value of a character of a VIN, or -1 for one that has no place in it.
int vin_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char upper = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  const auto at = kVinLetters.find(upper);
  return at == std::string_view::npos ? -1 : kVinValues[at] - '0';
}

}  // namespace

char inn_check_digit(std::string_view digits) {
  static constexpr std::array<int, 11> kWeights = {3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8};
  const std::size_t skipped = kWeights.size() - digits.size();
  int sum = 0;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    sum += (digits[i] - '0') * kWeights[skipped + i];
  }
  return static_cast<char>('0' + sum % 11 % 10);
}

bool looks_like_inn(std::string_view number) {
  if (!all_digits(number)) return false;
  if (number.size() == 10) return inn_check_digit(number.substr(0, 9)) == number[9];
  return number.size() == 12 && inn_check_digit(number.substr(0, 10)) == number[10] &&
         inn_check_digit(number.substr(0, 11)) == number[11];
}

char ogrn_check_digit(std::string_view digits) {
  std::int64_t value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  const std::int64_t modulus = digits.size() == 12 ? 11 : 13;
  return static_cast<char>('0' + value % modulus % 10);
}

bool looks_like_ogrn(std::string_view number) {
  if (!all_digits(number) || (number.size() != 13 && number.size() != 15)) return false;
  return ogrn_check_digit(number.substr(0, number.size() - 1)) == number.back();
}

char vin_check_digit(std::string_view vin) {
  int sum = 0;
  for (std::size_t i = 0; i < kVinWeights.size(); ++i) {
    if (i != 8) sum += vin_value(vin[i]) * kVinWeights[i];
  }
  const int rest = sum % 11;
  return rest == 10 ? 'X' : static_cast<char>('0' + rest);
}

bool looks_like_vin(std::string_view vin) {
  if (vin.size() != kVinWeights.size()) return false;
  const bool known = std::all_of(vin.begin(), vin.end(), [](char c) { return vin_value(c) >= 0; });
  return known && vin_check_digit(vin) == (vin[8] == 'x' ? 'X' : vin[8]);
}

}  // namespace bordero::crm
