#include "platform/reminders/wall_clock.hpp"

#include <absl/time/time.h>

#include <cstdio>

#include "platform/base/error.hpp"

namespace bordero::wall_clock {
namespace {

using std::chrono::minutes;

absl::TimeZone agency_zone() {
  absl::TimeZone zone;
  ensure(absl::LoadTimeZone(clock::time_zone(), &zone), "the clock's time zone is a known one");
  return zone;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

std::optional<minutes> parse(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  for (const std::size_t at : {0U, 1U, 3U, 4U}) {
    if (!is_digit(text[at])) return std::nullopt;
  }
  const int hour = (text[0] - '0') * 10 + (text[1] - '0');
  const int minute = (text[3] - '0') * 10 + (text[4] - '0');
  if (hour > 23 || minute > 59) return std::nullopt;
  return minutes(hour * 60 + minute);
}

std::string text_of(minutes time_of_day) {
  char text[16];
  const auto all = static_cast<int>(time_of_day.count());
  std::snprintf(text, sizeof text, "%02d:%02d", all / 60, all % 60);
  return text;
}

Instant instant_at(Date day, minutes time_of_day) {
  const std::chrono::year_month_day date(day.day);
  const absl::CivilSecond civil(static_cast<int>(date.year()),
                                static_cast<int>(static_cast<unsigned>(date.month())),
                                static_cast<int>(static_cast<unsigned>(date.day())), 0,
                                static_cast<int>(time_of_day.count()), 0);
  const absl::TimeZone::TimeInfo info = agency_zone().At(civil);
  const bool skipped = info.kind == absl::TimeZone::TimeInfo::SKIPPED;
  return absl::ToChronoTime(skipped ? info.trans : info.pre);
}

minutes time_of_day(Instant instant) {
  const absl::CivilMinute civil = absl::ToCivilMinute(absl::FromChrono(instant), agency_zone());
  return minutes(civil.hour() * 60 + civil.minute());
}

}  // namespace bordero::wall_clock
