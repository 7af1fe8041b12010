#include "services/crm/src/clients/phone.hpp"

#include <array>

#include "platform/search/folding.hpp"

namespace bordero::crm {
namespace {

constexpr std::size_t kMinInternational = 8;
constexpr std::size_t kMaxInternational = 15;

// Where an extension begins, or the end.
std::size_t extension_at(std::u32string_view folded) {
  static constexpr std::array<std::u32string_view, 6> kMarks = {U"доб", U"вн", U"ext",
                                                                U"#",   U";",  U"x"};
  std::size_t at = folded.size();
  for (const auto mark : kMarks) {
    const auto found = folded.find(mark);
    if (found < at) at = found;
  }
  return at;
}

std::string international(const std::string& digits) {
  if (digits.size() < kMinInternational || digits.size() > kMaxInternational) return {};
  if (digits[0] == '0') return {};
  // "+8 916 …" is an 8 typed by habit: no country code begins with 89.
  if (digits.starts_with("89") && digits.size() == 11) return "+7" + digits.substr(1);
  if (digits[0] == '7' && digits.size() != 11) return {};
  return "+" + digits;
}

std::string national(const std::string& digits) {
  if (digits.size() == 11 && (digits[0] == '8' || digits[0] == '7')) return "+7" + digits.substr(1);
  const bool russian = !digits.empty() && (digits[0] == '9' || digits[0] == '4' ||
                                           digits[0] == '3' || digits[0] == '8');
  return digits.size() == 10 && russian ? "+7" + digits : std::string();
}

}  // namespace

std::string phone_e164(std::string_view typed) {
  const std::u32string folded = search::fold(typed);
  const std::string number =
      search::encode_utf8(std::u32string_view(folded).substr(0, extension_at(folded)));
  const std::string digits = search::digits_of(number);
  const auto first = number.find_first_of("+0123456789");
  if (first != std::string::npos && number[first] == '+') return international(digits);
  if (digits.starts_with("00")) return international(digits.substr(2));
  return national(digits);
}

}  // namespace bordero::crm
