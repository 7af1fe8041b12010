#include "services/tasks/src/tasks/recurrence.hpp"

#include <algorithm>

#include "platform/base/months.hpp"

namespace bordero::tasks {
namespace {

constexpr int kDaysOfWeek = 7;
constexpr int kMonthsOfYear = 12;

Date next_by_days(Date first, Date after, int step) {
  const int passed = std::max(0, static_cast<int>((after.day - first.day).count()));
  return first.plus_days((passed / step + 1) * step);
}

Date next_by_months(Date first, Date after, int step) {
  int months = std::max(0, months_between(first, after)) / step * step;
  while (plus_months(first, months) <= after || months == 0) months += step;
  return plus_months(first, months);
}

Date next_date(const v1::Recurrence& recurrence, Date first, Date after) {
  const int interval = std::max(1, recurrence.interval());
  switch (recurrence.every()) {
    case v1::RECURRENCE_EVERY_DAILY:
      return next_by_days(first, after, interval);
    case v1::RECURRENCE_EVERY_WEEKLY:
      return next_by_days(first, after, interval * kDaysOfWeek);
    case v1::RECURRENCE_EVERY_MONTHLY:
      return next_by_months(first, after, interval);
    default:
      return next_by_months(first, after, interval * kMonthsOfYear);
  }
}

}  // namespace

std::optional<Date> next_in_series(const v1::Recurrence& recurrence, Date first, Date after) {
  const Date next = next_date(recurrence, first, after);
  const auto until = Date::parse(recurrence.until());
  if (until && next > *until) return std::nullopt;
  return next;
}

}  // namespace bordero::tasks
