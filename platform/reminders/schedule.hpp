#pragma once

#include <chrono>
#include <optional>

#include "platform/base/clock.hpp"

// Which days the clock has to look at.
namespace bordero::reminders {

// What a stopped system missed fires when it is back, at most so many days late.
constexpr int kCatchUpDays = 7;

// When a day's reminders are told: BORDERO_REMINDERS_AT, 09:00 by default.
std::chrono::minutes time_setting();

struct Window {  // Of days on which reminders fire, both included.
  Date from;
  Date to;
  bool operator==(const Window&) const = default;
};

// The last day whose reminders are due: today from `at` on, yesterday before.
Date last_due_day(Instant now, std::chrono::minutes at);

// The days to look at now, when `done` is the last day that was done whole. A subject that comes
// with a date of today fires today, so the last days are looked at again; after a start, a stop or
// a clock that was set it is the whole catch-up.
Window window_at(Instant now, std::chrono::minutes at, std::optional<Date> done);

}  // namespace bordero::reminders
