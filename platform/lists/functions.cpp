#include "platform/lists/functions.hpp"

#include <array>
#include <chrono>

#include "platform/base/months.hpp"

namespace bordero::lists {
namespace {

using std::chrono::day;
using std::chrono::months;
using std::chrono::sys_days;
using std::chrono::year_month;
using std::chrono::year_month_day;

constexpr int kMaxArgument = 5000;

year_month month_of(Date date, int plus_months) {
  const year_month_day parts{date.day};
  return year_month{parts.year(), parts.month()} + months(plus_months);
}
Date first_of(year_month month) { return {sys_days{month / day{1}}}; }
Date week_start(Date date, int weeks) {
  const auto since_monday = std::chrono::weekday{date.day} - std::chrono::Monday;
  return Date{date.day - since_monday}.plus_days(7 * weeks);
}
int months_into_quarter(Date date) {
  return static_cast<int>(static_cast<unsigned>(year_month_day{date.day}.month()) - 1) % 3;
}
int months_into_year(Date date) {
  return static_cast<int>(static_cast<unsigned>(year_month_day{date.day}.month())) - 1;
}

struct DateFunction {
  std::string_view name;
  Date (*date)(Date today, int number);
};
constexpr std::array kDates = {
    DateFunction{"today", [](Date today, int) { return today; }},
    DateFunction{"days", [](Date today, int n) { return today.plus_days(n); }},
    DateFunction{"weeks", [](Date today, int n) { return today.plus_days(7 * n); }},
    DateFunction{"months", [](Date today, int n) { return plus_months(today, n); }},
    DateFunction{"week_start", [](Date today, int n) { return week_start(today, n); }},
    DateFunction{"week_end", [](Date today, int n) { return week_start(today, n).plus_days(6); }},
    DateFunction{"month_start", [](Date today, int n) { return first_of(month_of(today, n)); }},
    DateFunction{"month_end", [](Date today, int n) { return last_of_month(month_of(today, n)); }},
    DateFunction{"quarter_start",
                 [](Date today, int n) {
                   return first_of(month_of(today, 3 * n - months_into_quarter(today)));
                 }},
    DateFunction{"quarter_end",
                 [](Date today, int n) {
                   return last_of_month(month_of(today, 3 * n + 2 - months_into_quarter(today)));
                 }},
    DateFunction{"year_start",
                 [](Date today, int n) {
                   return first_of(month_of(today, 12 * n - months_into_year(today)));
                 }},
    DateFunction{"year_end",
                 [](Date today, int n) {
                   return last_of_month(month_of(today, 12 * n + 11 - months_into_year(today)));
                 }},
};

bool needs_number(std::string_view name) {
  return name == "days" || name == "weeks" || name == "months" || name == "hours";
}
bool takes_number(std::string_view name) {
  return name != "today" && name != "now" && name != "me";
}

Error wrong(const Value& function, const char* code, const std::string& what) {
  return filter_error(code, function.column, function.text.substr(0, 40) + "() " + what);
}

Result<void> check_argument(const Value& function) {
  const int number = function.argument.value_or(0);
  if (function.argument && !takes_number(function.text)) {
    return wrong(function, "wrong_argument", "takes no number");
  }
  if (!function.argument && needs_number(function.text)) {
    return wrong(function, "wrong_argument", "needs a number");
  }
  if (number < -kMaxArgument || number > kMaxArgument) {
    return wrong(function, "wrong_argument", "takes at most 5000");
  }
  return {};
}

}  // namespace

Result<std::string> value_of_function(const Value& function, FieldType type,
                                      const std::string& me) {
  TRY(check_argument(function));
  const bool instant = type == FieldType::instant;
  const int number = function.argument.value_or(0);
  if (function.text == "me") {
    if (type == FieldType::uuid || type == FieldType::text) return me;
    return wrong(function, "wrong_function", "is a person");
  }
  if (function.text == "now" || function.text == "hours") {
    if (!instant) return wrong(function, "wrong_function", "is an instant");
    return instant_text(clock::now() + std::chrono::hours(number));
  }
  for (const DateFunction& known : kDates) {
    if (known.name != function.text) continue;
    if (!instant && type != FieldType::date) return wrong(function, "wrong_function", "is a date");
    const Date date = known.date(clock::today(), number);
    if (date.year() < 1900 || date.year() > 2200) {
      return wrong(function, "wrong_argument", "is out of the calendar");
    }
    return date.str();
  }
  return wrong(function, "unknown_function", "is no function of filters");
}

}  // namespace bordero::lists
