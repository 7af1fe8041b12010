#include "platform/base/months.hpp"

#include <algorithm>

namespace bordero {
namespace {

using std::chrono::year_month;
using std::chrono::year_month_day;

year_month month_of(Date date) {
  const year_month_day parts(date.day);
  return {parts.year(), parts.month()};
}

}  // namespace

Date last_of_month(year_month month) { return {std::chrono::sys_days(month / std::chrono::last)}; }

Date plus_months(Date date, int months) {
  const year_month month = month_of(date) + std::chrono::months(months);
  const year_month_day same = month / year_month_day(date.day).day();
  return same.ok() ? Date{std::chrono::sys_days(same)} : last_of_month(month);
}

int months_between(Date from, Date to) {
  return static_cast<int>((month_of(to) - month_of(from)).count());
}

std::optional<int> whole_months(Date from, Date until) {
  const int months = months_between(from, until);
  if (plus_months(from, months) == until) return months;
  // The month before has no such day: its end is counted as the first of the next one.
  const bool first = year_month_day(until.day).day() == std::chrono::day(1);
  const Date ended = plus_months(from, months - 1);
  const bool cut = year_month_day(ended.day).day() < year_month_day(from.day).day();
  if (first && cut && ended.plus_days(1) == until) return months - 1;
  return std::nullopt;
}

}  // namespace bordero
