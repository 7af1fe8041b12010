#include "platform/jobs/schedule.hpp"

#include <algorithm>

#include "platform/base/error.hpp"
#include "platform/reminders/wall_clock.hpp"

namespace bordero::jobs {
namespace {

using std::chrono::days;
using std::chrono::weekday;
using std::chrono::year_month;
using std::chrono::year_month_day;

constexpr int kDaysAWeek = 7;
constexpr int kLongestMonth = 31;

Date day_of_month(year_month of, int day) {
  const auto last = static_cast<unsigned>((of / std::chrono::last).day());
  return {std::chrono::sys_days(of / std::chrono::day(std::min(last, static_cast<unsigned>(day))))};
}

// The rule's day that is this one or the last before it.
Date day_until(const Rule& rule, Date day) {
  if (rule.every == Rule::Every::week) {
    const int back = (static_cast<int>(weekday(day.day).iso_encoding()) - rule.day + kDaysAWeek);
    return day.plus_days(-(back % kDaysAWeek));
  }
  if (rule.every == Rule::Every::month) {
    const year_month_day date(day.day);
    const year_month of(date.year(), date.month());
    const Date in_month = day_of_month(of, rule.day);
    return in_month <= day ? in_month : day_of_month(of - std::chrono::months(1), rule.day);
  }
  return day;
}

Date day_after(const Rule& rule, Date day) {
  if (rule.every == Rule::Every::week) return day.plus_days(kDaysAWeek);
  if (rule.every == Rule::Every::month) {
    const year_month_day date(day.day);
    return day_of_month(year_month(date.year(), date.month()) + std::chrono::months(1), rule.day);
  }
  return day.plus_days(1);
}

Date last_due_day(const Rule& rule, Instant now) {
  const Date day = day_until(rule, clock::date_of(now));
  if (wall_clock::instant_at(day, rule.at) <= now) return day;
  return day_until(rule, day.plus_days(-1));
}

}  // namespace

Rule daily(std::chrono::minutes at) { return {.every = Rule::Every::day, .at = at}; }

Rule weekly(int weekday, std::chrono::minutes at) {
  ensure(weekday >= 1 && weekday <= kDaysAWeek, "a week has the days 1 to 7");
  return {.every = Rule::Every::week, .at = at, .day = weekday};
}

Rule monthly(int day, std::chrono::minutes at) {
  ensure(day >= 1 && day <= kLongestMonth, "a month has the days 1 to 31");
  return {.every = Rule::Every::month, .at = at, .day = day};
}

std::string text_of(const Rule& rule) {
  const std::string at = " at " + wall_clock::text_of(rule.at) + " " + clock::time_zone();
  if (rule.every == Rule::Every::day) return "daily" + at;
  const char* every = rule.every == Rule::Every::week ? "weekly " : "monthly ";
  return every + std::to_string(rule.day) + at;
}

Instant last_due(const Rule& rule, Instant now) {
  return wall_clock::instant_at(last_due_day(rule, now), rule.at);
}

Instant next_due(const Rule& rule, Instant now) {
  return wall_clock::instant_at(day_after(rule, last_due_day(rule, now)), rule.at);
}

}  // namespace bordero::jobs
