#include "platform/base/clock.hpp"

#include <absl/time/time.h>

#include <atomic>
#include <charconv>

#include "platform/base/env.hpp"

namespace bordero {
namespace {

struct Zone {
  std::string name = "Europe/Moscow";
  absl::TimeZone zone = [] {
    absl::TimeZone loaded;
    if (!absl::LoadTimeZone("Europe/Moscow", &loaded)) loaded = absl::FixedTimeZone(3 * 3600);
    return loaded;
  }();
};

Zone& zone() {
  static Zone current;
  return current;
}

std::atomic<std::int64_t>& offset_s() {
  static std::atomic<std::int64_t> seconds = 0;
  return seconds;
}

bool read_digits(std::string_view text, int& value) {
  const auto [end, error] = std::from_chars(text.begin(), text.end(), value);
  return error == std::errc() && end == text.end() && text[0] != '-';
}

}  // namespace

std::optional<Date> Date::parse(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  int year = 0;
  int month = 0;
  int day = 0;
  if (!read_digits(text.substr(0, 4), year) || !read_digits(text.substr(5, 2), month) ||
      !read_digits(text.substr(8, 2), day)) {
    return std::nullopt;
  }
  const std::chrono::year_month_day date{std::chrono::year(year),
                                         std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  if (!date.ok() || year < 1900 || year > 2200) return std::nullopt;
  return Date{std::chrono::sys_days(date)};
}

std::string Date::str() const {
  const std::chrono::year_month_day date(day);
  char text[16];
  std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  return text;
}

int Date::year() const { return static_cast<int>(std::chrono::year_month_day(day).year()); }

std::string instant_text(Instant instant) {
  return absl::FormatTime("%Y-%m-%dT%H:%M:%E6SZ", absl::FromChrono(instant), absl::UTCTimeZone());
}

std::optional<Instant> parse_instant(std::string_view text) {
  absl::Time time;
  std::string error;
  const std::string copy(text);
  if (!absl::ParseTime(absl::RFC3339_full, copy, &time, &error)) return std::nullopt;
  return absl::ToChronoTime(time);
}

namespace clock {

void set_time_zone(const std::string& name) {
  Zone next{.name = name, .zone = {}};
  if (!absl::LoadTimeZone(name, &next.zone)) {
    throw env::BadSetting("BORDERO_TIME_ZONE names no time zone that this system knows");
  }
  zone() = next;
}

const std::string& time_zone() { return zone().name; }

Instant now() { return std::chrono::system_clock::now() + std::chrono::seconds(offset_s().load()); }

Date date_of(Instant instant) {
  const absl::CivilDay day = absl::ToCivilDay(absl::FromChrono(instant), zone().zone);
  const std::chrono::year_month_day date{std::chrono::year(static_cast<int>(day.year())),
                                         std::chrono::month(static_cast<unsigned>(day.month())),
                                         std::chrono::day(static_cast<unsigned>(day.day()))};
  return Date{std::chrono::sys_days(date)};
}

Date today() { return date_of(now()); }

void shift(std::chrono::seconds offset) {
#ifdef BORDERO_RELEASE
  (void)offset;
#else
  offset_s() = offset.count();
#endif
}

}  // namespace clock
}  // namespace bordero
