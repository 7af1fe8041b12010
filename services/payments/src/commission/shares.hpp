#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "platform/base/result.hpp"

namespace bordero::payments {

// How much of a premium is commission: a share of it, or a fixed sum of the whole policy.
struct Terms {
  std::int64_t rate_units = 0;  // Used when no fixed sum is given.
  std::int64_t fixed_minor = 0;
};

// The commission of the whole premium, rounded half up to the minor unit.
std::int64_t whole_commission(const Terms& terms, std::int64_t premium_minor);
// The commission of each instalment: its share rounded half up, never more than what is left of
// the whole; the last takes the remainder, so that they add up to the whole.
std::vector<std::int64_t> commission_shares(const Terms& terms,
                                            const std::vector<std::int64_t>& instalments);
// One instalment's share before rounding, in major units: "1234.567".
std::string exact_share(const Terms& terms, std::int64_t instalment_minor,
                        std::int64_t premium_minor);

}  // namespace bordero::payments
