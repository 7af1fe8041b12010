#pragma once

#include <chrono>
#include <string>

#include "platform/base/clock.hpp"

namespace bordero::jobs {

// When something comes due, by the agency's wall clock.
struct Rule {
  enum class Every { day, week, month };
  Every every = Every::day;
  std::chrono::minutes at{0};
  // Of a week, 1 is Monday; of a month, a day that it does not have is its last.
  int day = 0;
};
Rule daily(std::chrono::minutes at);
Rule weekly(int weekday, std::chrono::minutes at);
Rule monthly(int day, std::chrono::minutes at);

// "monthly 31 at 03:00 Europe/Moscow".
std::string text_of(const Rule& rule);
// The last time that is not after `now`, and the first that is. A time of day that the change to
// summer time skips is the moment of the change; of one that comes twice it is the first.
Instant last_due(const Rule& rule, Instant now);
Instant next_due(const Rule& rule, Instant now);

}  // namespace bordero::jobs
