#include "platform/base/money.hpp"

#include <charconv>

namespace bordero {
namespace {

constexpr std::int64_t kWhole = 1'000'000;  // 100 % in units of 0.0001 %.
constexpr std::size_t kPercentPlaces = 4;

bool all_digits(std::string_view text) {
  return text.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace

Result<std::int64_t> parse_amount(std::string_view text, const char* field) {
  const bool negative = text.starts_with('-');
  const std::string_view digits = negative ? text.substr(1) : text;
  const std::size_t point = digits.find('.');
  const std::string_view whole = digits.substr(0, point);
  std::string places(point == std::string_view::npos ? "" : digits.substr(point + 1));

  const bool ends_in_point = point != std::string_view::npos && places.empty();
  if (whole.empty() || whole.size() > 12 || places.size() > 2 || ends_in_point ||
      !all_digits(whole) || !all_digits(places)) {
    return invalid_field(field, "not_an_amount");
  }
  places.resize(2, '0');
  std::int64_t units = 0;
  std::int64_t minor = 0;
  std::from_chars(whole.begin(), whole.end(), units);
  std::from_chars(places.data(), places.data() + 2, minor);
  const std::int64_t amount = units * 100 + minor;
  if (amount > kMaxMinor) return invalid_field(field, "amount_out_of_range");
  return negative ? -amount : amount;
}

std::string amount_text(std::int64_t minor) {
  const bool negative = minor < 0;
  const std::uint64_t size =
      negative ? ~static_cast<std::uint64_t>(minor) + 1 : static_cast<std::uint64_t>(minor);
  std::string places = std::to_string(size % 100);
  if (places.size() == 1) places.insert(0, 1, '0');
  return (negative ? "-" : "") + std::to_string(size / 100) + "." + places;
}

Result<std::int64_t> add_amounts(std::int64_t a, std::int64_t b) {
  std::int64_t sum = 0;
  if (__builtin_add_overflow(a, b, &sum) || sum > kMaxMinor || sum < -kMaxMinor) {
    return refused("amount_out_of_range");
  }
  return sum;
}

Result<std::int64_t> share_of(std::int64_t minor, std::int64_t rate_units) {
  const __int128 product = static_cast<__int128>(minor) * rate_units;
  const __int128 half = product < 0 ? -kWhole / 2 : kWhole / 2;
  const __int128 share = (product + half) / kWhole;
  if (share > kMaxMinor || share < -kMaxMinor) return refused("amount_out_of_range");
  return static_cast<std::int64_t>(share);
}

Result<std::int64_t> parse_percent(std::string_view text, const char* field) {
  const std::size_t point = text.find('.');
  const std::string_view whole = text.substr(0, point);
  std::string places(point == std::string_view::npos ? "" : text.substr(point + 1));
  const bool ends_in_point = point != std::string_view::npos && places.empty();
  if (whole.empty() || whole.size() > 3 || places.size() > kPercentPlaces || ends_in_point ||
      !all_digits(whole) || !all_digits(places)) {
    return invalid_field(field, "not_a_percentage", "percent with at most four places, as 18.5");
  }
  places.resize(kPercentPlaces, '0');
  std::int64_t percent = 0;
  std::int64_t rest = 0;
  std::from_chars(whole.begin(), whole.end(), percent);
  std::from_chars(places.data(), places.data() + places.size(), rest);
  const std::int64_t units = percent * 10'000 + rest;
  if (units > kWhole) return invalid_field(field, "not_a_percentage", "0 to 100");
  return units;
}

std::string percent_text(std::int64_t units) {
  std::string places = std::to_string(units % 10'000);
  places.insert(0, kPercentPlaces - places.size(), '0');
  std::string text = std::to_string(units / 10'000) + "." + places;
  while (text.ends_with('0')) text.pop_back();
  if (text.ends_with('.')) text.pop_back();
  return text;
}

bool is_currency(std::string_view code) {
  // ISO 4217, in use in 2026, without funds, metals and codes for tests.
  constexpr std::string_view kCodes =
      "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD "
      "CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS "
      "GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW "
      "KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR "
      "MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR "
      "SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX "
      "USD UYU UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG";
  constexpr std::size_t kStep = 4;
  const std::size_t at = code.size() == kStep - 1 ? kCodes.find(code) : std::string_view::npos;
  return at != std::string_view::npos && at % kStep == 0;
}

}  // namespace bordero
