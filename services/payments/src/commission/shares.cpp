#include "services/payments/src/commission/shares.hpp"

#include <algorithm>
#include <numeric>

#include "platform/base/money.hpp"

namespace bordero::payments {
namespace {

constexpr std::int64_t kWhole = 1'000'000;  // 100 % in units of 0.0001 %.
constexpr int kShownPlaces = 6;             // Of an unrounded amount.

// A share as a fraction of minor units; both terms of it are positive.
struct Fraction {
  __int128 numerator;
  __int128 denominator;
};
Fraction share(const Terms& terms, std::int64_t instalment, std::int64_t premium) {
  if (terms.fixed_minor > 0) {
    return {static_cast<__int128>(terms.fixed_minor) * instalment, premium};
  }
  return {static_cast<__int128>(instalment) * terms.rate_units, kWhole};
}

std::int64_t half_up(const Fraction& fraction) {
  return static_cast<std::int64_t>((2 * fraction.numerator + fraction.denominator) /
                                   (2 * fraction.denominator));
}

void drop_zeros(std::string& text) {
  while (text.ends_with('0')) text.pop_back();
  if (text.ends_with('.')) text.pop_back();
}

}  // namespace

std::int64_t whole_commission(const Terms& terms, std::int64_t premium_minor) {
  return half_up(share(terms, premium_minor, premium_minor));
}

std::vector<std::int64_t> commission_shares(const Terms& terms,
                                            const std::vector<std::int64_t>& instalments) {
  const auto premium = std::accumulate(instalments.begin(), instalments.end(), std::int64_t{0});
  if (premium <= 0) return std::vector<std::int64_t>(instalments.size(), 0);
  std::int64_t left = whole_commission(terms, premium);
  std::vector<std::int64_t> shares;
  for (const std::int64_t instalment : instalments) {
    const bool last = shares.size() + 1 == instalments.size();
    shares.push_back(last ? left : std::min(left, half_up(share(terms, instalment, premium))));
    left -= shares.back();
  }
  return shares;
}

std::string exact_share(const Terms& terms, std::int64_t instalment_minor,
                        std::int64_t premium_minor) {
  const Fraction minor = share(terms, instalment_minor, premium_minor);
  const __int128 denominator = minor.denominator * 100;
  __int128 rest = minor.numerator % denominator;
  std::string text = std::to_string(static_cast<std::int64_t>(minor.numerator / denominator)) + ".";
  for (int i = 0; i < kShownPlaces; ++i) {
    rest *= 10;
    text.push_back(static_cast<char>('0' + static_cast<int>(rest / denominator)));
    rest %= denominator;
  }
  drop_zeros(text);
  return text;
}

}  // namespace bordero::payments
