#pragma once

#include <string_view>

// Check digits of Russian numbers. A wrong one is worth a warning, never a refusal: foreign
// numbers exist.
namespace bordero::crm {

bool looks_like_inn(std::string_view number);   // 10 or 12 digits with right check digits.
bool looks_like_ogrn(std::string_view number);  // 13 or 15 digits with a right check digit.
bool looks_like_vin(std::string_view vin);      // 17 characters with a right check digit.

// The check digits themselves, for numbers that are made up.
char inn_check_digit(std::string_view digits_before);
char ogrn_check_digit(std::string_view digits_before);
char vin_check_digit(std::string_view vin);  // Of 17 characters; the ninth is ignored.

}  // namespace bordero::crm
