#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "platform/base/clock.hpp"

// Times of day in the agency's time zone.
namespace bordero::wall_clock {

// "09:00" as minutes since midnight; nothing for another form.
std::optional<std::chrono::minutes> parse(std::string_view text);
std::string text_of(std::chrono::minutes time_of_day);

// When that day's clock shows that time. A time that the change to summer time skips is the moment
// of the change; of a time that comes twice it is the first.
Instant instant_at(Date day, std::chrono::minutes time_of_day);
std::chrono::minutes time_of_day(Instant instant);

}  // namespace bordero::wall_clock
