#pragma once

#include <chrono>
#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace bordero {

using Instant = std::chrono::system_clock::time_point;

// A calendar date without a time zone: a policy's end does not move with one.
struct Date {
  std::chrono::sys_days day{};

  static std::optional<Date> parse(std::string_view text);  // YYYY-MM-DD, years 1900 to 2200.
  std::string str() const;
  Date plus_days(int days) const { return {day + std::chrono::days(days)}; }
  int year() const;
  auto operator<=>(const Date&) const = default;
};

// "2026-11-23T10:15:30.123456Z".
std::string instant_text(Instant instant);
std::optional<Instant> parse_instant(std::string_view text);  // RFC 3339 with Z or an offset.

// The agency's time zone, set once at start; "today" is a date of it.
namespace clock {

void set_time_zone(const std::string& name);  // Throws env::BadSetting for an unknown name.
const std::string& time_zone();
Instant now();
Date today();
Date date_of(Instant instant);
// Tests shift business time; a release build has no such door.
void shift(std::chrono::seconds offset);

}  // namespace clock
}  // namespace bordero
