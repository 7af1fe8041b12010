#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "platform/base/clock.hpp"

namespace bordero::notifications {

// Decimal digits with a point, as they came: "18.5".
struct Decimal {
  std::string digits;
};
// Minor units of money; its currency stands in a column of its own.
struct Amount {
  std::int64_t minor = 0;
};
// A moment as the agency's clock shows it.
struct Moment {
  Date day;
  int second = 0;  // Of the day.
};
using Cell = std::variant<std::monostate, std::string, std::int64_t, Decimal, Amount, Date, Moment>;
using CellRow = std::vector<Cell>;

// "10:15:30".
std::string time_text(const Moment& moment);
Moment moment_of(Instant instant);

}  // namespace bordero::notifications
