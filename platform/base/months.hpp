#pragma once

#include "platform/base/clock.hpp"

// Dates that are moved by whole months.
namespace bordero {

Date last_of_month(std::chrono::year_month month);
// The same day of another month, or its last day where it has no such day.
Date plus_months(Date date, int months);
// From the month of one date to that of the other, whatever their days.
int months_between(Date from, Date to);
// How many whole months lie between the dates, if they are whole: from 31 January one month ends on
// 28 February and, counted from the end of that day, on 1 March.
std::optional<int> whole_months(Date from, Date until);

}  // namespace bordero
