#include "services/tasks/src/parse/date_words.hpp"

#include <algorithm>
#include <array>

#include "platform/base/months.hpp"

namespace bordero::tasks {
namespace {

using std::chrono::day;
using std::chrono::month;
using std::chrono::year;
using std::chrono::year_month_day;

constexpr int kDaysOfWeek = 7;
constexpr int kShortYears = 2000;
constexpr int kLastYear = 2199;
constexpr int kMonthsOfYear = 12;
constexpr int kMonthsOfHalf = 6;

template <std::size_t N>
bool among(const std::array<std::string_view, N>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

enum class Unit { none, day, week, month, half, year };
Unit unit_of(std::string_view word) {
  static constexpr std::array<std::string_view, 9> kDays = {"д", "дн",  "день", "дня",  "дней",
                                                            "d", "day", "days", "сутки"};
  static constexpr std::array<std::string_view, 8> kWeeks = {"н",      "нед",  "неделю", "недели",
                                                             "недель", "week", "weeks",  "w"};
  static constexpr std::array<std::string_view, 7> kMonths = {
      "мес", "месяц", "месяца", "месяцев", "month", "months", "м"};
  static constexpr std::array<std::string_view, 7> kYears = {"г",    "год",   "года", "лет",
                                                             "year", "years", "y"};
  if (among(kDays, word)) return Unit::day;
  if (among(kWeeks, word)) return Unit::week;
  if (among(kMonths, word)) return Unit::month;
  if (among(kYears, word)) return Unit::year;
  return word == "полгода" ? Unit::half : Unit::none;
}

int months_of(Unit unit) {
  if (unit == Unit::year) return kMonthsOfYear;
  return unit == Unit::half ? kMonthsOfHalf : 1;
}

Date plus(Date from, int count, Unit unit) {
  if (unit == Unit::day) return from.plus_days(count);
  if (unit == Unit::week) return from.plus_days(count * kDaysOfWeek);
  return plus_months(from, count * months_of(unit));
}

int month_of(std::string_view word) {
  static constexpr std::array<std::array<std::string_view, 6>, 12> kMonths = {{
      {"январ", "янв", "january", "jan", "января"},
      {"феврал", "фев", "february", "feb", "февраля", "февр"},
      {"март", "мар", "march", "mar", "марта"},
      {"апрел", "апр", "april", "apr", "апреля"},
      {"май", "мая", "may", "may", "мае"},
      {"июн", "июнь", "june", "jun", "июня"},
      {"июл", "июль", "july", "jul", "июля"},
      {"август", "авг", "august", "aug", "августа"},
      {"сентябр", "сен", "september", "sep", "сентября", "сент"},
      {"октябр", "окт", "october", "oct", "октября"},
      {"ноябр", "ноя", "november", "nov", "ноября", "нояб"},
      {"декабр", "дек", "december", "dec", "декабря"},
  }};
  if (word.empty()) return 0;  // Shorter rows end with it.
  for (std::size_t i = 0; i < kMonths.size(); ++i) {
    if (among(kMonths[i], word)) return static_cast<int>(i) + 1;
  }
  return 0;
}

// The day of that month that comes next, or of the year that was said.
ReadDate nearest(int day_of_month, int month_of_year, int said_year, Date today,
                 std::size_t words) {
  ReadDate read{.dates = {}, .words = words};
  const month in(static_cast<unsigned>(month_of_year));
  const day on(static_cast<unsigned>(day_of_month));
  // Of eight years one always has a 29th of February.
  const int first = said_year > 0 ? said_year : today.year();
  const int last = said_year > 0 ? said_year : first + 8;
  for (int candidate = first; candidate <= last; ++candidate) {
    const year_month_day date(year(candidate), in, on);
    if (!date.ok()) continue;
    const Date found{std::chrono::sys_days(date)};
    if (said_year == 0 && found < today) continue;
    read.dates.push_back(found);
    break;
  }
  return read;
}

// 2026, 26 or nothing at all.
int year_of(std::string_view text) {
  std::string_view rest;
  const int number = leading_number(text, 4, rest);
  if (number < 0 || !rest.empty()) return 0;
  if (text.size() == 4 && number >= kShortYears) return number;
  return text.size() == 2 ? kShortYears + number : 0;
}

std::optional<ReadDate> read_iso(std::string_view word) {
  if (word.size() != 10 || word[4] != '-' || word[7] != '-') return std::nullopt;
  ReadDate read{.dates = {}, .words = 1};
  if (const auto date = Date::parse(word)) read.dates.push_back(*date);
  return read;
}

// 27.11, 27.11.26, 27.11.2026.
std::optional<ReadDate> read_dotted(std::string_view word, Date today) {
  std::string_view rest;
  const int day_of_month = leading_number(word, 2, rest);
  if (day_of_month < 0 || !rest.starts_with('.')) return std::nullopt;
  std::string_view after;
  const int month_of_year = leading_number(rest.substr(1), 2, after);
  if (month_of_year < 0) return std::nullopt;
  if (after.empty()) {
    // "5.3" is as likely a number as a date; dates are typed with two digits for the month.
    if (rest.size() < 3) return std::nullopt;
    return nearest(day_of_month, month_of_year, 0, today, 1);
  }
  const int said_year = after.starts_with('.') ? year_of(after.substr(1)) : 0;
  if (said_year == 0) return std::nullopt;
  return nearest(day_of_month, month_of_year, said_year, today, 1);
}

// 2027 г., 2027 года.
bool means_year(std::string_view word) { return word == "г" || word == "год" || word == "года"; }

// 27 ноября, 27 ноября 2027 г., nov 27.
std::optional<ReadDate> read_named_month(const LineWords& words, std::size_t at, Date today) {
  const std::string_view first = word_at(words, at);
  const std::string_view second = word_at(words, at + 1);
  std::string_view rest;
  const bool month_first = month_of(first) > 0;
  const int month_of_year = month_first ? month_of(first) : month_of(second);
  const int day_of_month = leading_number(month_first ? second : first, 2, rest);
  if (month_of_year == 0 || day_of_month < 1 || !rest.empty()) return std::nullopt;
  const std::string_view third = word_at(words, at + 2);
  const int said_year = third.size() == 4 ? year_of(third) : 0;
  if (said_year == 0) return nearest(day_of_month, month_of_year, 0, today, 2);
  const std::size_t count = means_year(word_at(words, at + 3)) ? 4 : 3;
  return nearest(day_of_month, month_of_year, said_year, today, count);
}

// "3д", "3 дня" or just "3", at `at`.
struct Amount {
  int count = 1;
  Unit unit = Unit::none;
  std::size_t words = 1;
};
std::optional<Amount> read_amount(const LineWords& words, std::size_t at, std::string_view text) {
  std::string_view rest;
  Amount amount;
  amount.count = leading_number(text, 3, rest);
  if (amount.count < 0) return std::nullopt;
  amount.unit = unit_of(rest.empty() ? word_at(words, at + 1) : rest);
  if (!rest.empty() && amount.unit == Unit::none) return std::nullopt;
  if (rest.empty() && amount.unit != Unit::none) amount.words = 2;
  return amount;
}

// через неделю, in a month.
std::optional<Amount> read_one(const LineWords& words, std::size_t at) {
  static constexpr std::array<std::string_view, 4> kArticles = {"a", "an", "один", "одну"};
  const std::string_view word = word_at(words, at);
  if (unit_of(word) != Unit::none) return Amount{.unit = unit_of(word)};
  const Unit unit = among(kArticles, word) ? unit_of(word_at(words, at + 1)) : Unit::none;
  if (unit == Unit::none) return std::nullopt;
  return Amount{.unit = unit, .words = 2};
}

// +3д, +3 дня, +1 год, через 3 дня, через неделю, in 2 weeks, in a month; a bare +3 is days.
std::optional<ReadDate> read_distance(const LineWords& words, std::size_t at, Date today) {
  const std::string_view first = word_at(words, at);
  std::optional<Amount> amount;
  if (first.starts_with('+')) {
    amount = read_amount(words, at, first.substr(1));
    if (amount && amount->unit == Unit::none) amount->unit = Unit::day;
  } else if (first == "через" || first == "in") {
    amount = read_one(words, at + 1);
    if (!amount) amount = read_amount(words, at + 1, word_at(words, at + 1));
    if (amount) ++amount->words;
  }
  if (!amount || amount->unit == Unit::none) return std::nullopt;
  ReadDate read{.dates = {plus(today, amount->count, amount->unit)}, .words = amount->words};
  if (read.dates.front().year() > kLastYear) read.dates.clear();
  return read;
}

int weekday_number(Date date) {
  return static_cast<int>(std::chrono::weekday(date.day).iso_encoding());
}

bool means_next(std::string_view word) {
  static constexpr std::array<std::string_view, 6> kNext = {"следующий", "следующую",  "следующее",
                                                            "следующей", "следующего", "next"};
  return among(kNext, word);
}
bool means_this(std::string_view word) {
  static constexpr std::array<std::string_view, 4> kThis = {"этот", "эту", "это", "this"};
  return among(kThis, word);
}

// A weekday is the next one that comes; "next friday" is the one of the next week. Today's own name
// may mean today or a week from today.
std::optional<ReadDate> read_weekday(const LineWords& words, std::size_t at, Date today) {
  const std::string_view first = word_at(words, at);
  const bool next_week = means_next(first);
  const bool named = next_week || means_this(first);
  const int weekday = weekday_of(word_at(words, named ? at + 1 : at));
  if (weekday == 0) return std::nullopt;
  ReadDate read{.dates = {}, .words = named ? 2U : 1U};
  const int now = weekday_number(today);
  if (next_week) {
    read.dates = {today.plus_days(kDaysOfWeek - now + weekday)};
  } else if (weekday == now && !named) {
    read.dates = {today, today.plus_days(kDaysOfWeek)};
  } else {
    read.dates = {today.plus_days((weekday - now + kDaysOfWeek) % kDaysOfWeek)};
  }
  return read;
}

std::optional<ReadDate> read_near(const LineWords& words, std::size_t at, Date today) {
  const std::string_view word = word_at(words, at);
  if (word == "сегодня" || word == "today") return ReadDate{.dates = {today}, .words = 1};
  if (word == "завтра" || word == "tomorrow") {
    return ReadDate{.dates = {today.plus_days(1)}, .words = 1};
  }
  if (word == "послезавтра") return ReadDate{.dates = {today.plus_days(2)}, .words = 1};
  const bool after_tomorrow =
      word == "day" && word_at(words, at + 1) == "after" && word_at(words, at + 2) == "tomorrow";
  if (after_tomorrow) return ReadDate{.dates = {today.plus_days(2)}, .words = 3};
  return std::nullopt;
}

}  // namespace

int weekday_of(std::string_view folded) {
  static constexpr std::array<std::array<std::string_view, 8>, 7> kDays = {{
      {"понедельник", "понедельника", "понедельнику", "пн", "monday", "mon", "понед", "mondays"},
      {"вторник", "вторника", "вторнику", "вт", "tuesday", "tue", "tues", "tuesdays"},
      {"среда", "среды", "среде", "среду", "ср", "wednesday", "wed", "wednesdays"},
      {"четверг", "четверга", "четвергу", "чт", "thursday", "thu", "thur", "thursdays"},
      {"пятница", "пятницы", "пятнице", "пятницу", "пт", "friday", "fri", "fridays"},
      {"суббота", "субботы", "субботе", "субботу", "сб", "saturday", "sat", "saturdays"},
      {"воскресенье", "воскресенья", "воскресенью", "вс", "sunday", "sun", "воскр", "sundays"},
  }};
  for (std::size_t i = 0; i < kDays.size(); ++i) {
    if (among(kDays[i], folded)) return static_cast<int>(i) + 1;
  }
  return 0;
}

std::optional<ReadDate> read_date(const LineWords& words, std::size_t at, Date today) {
  if (auto read = read_near(words, at, today)) return read;
  if (auto read = read_weekday(words, at, today)) return read;
  if (auto read = read_iso(word_at(words, at))) return read;
  if (auto read = read_dotted(word_at(words, at), today)) return read;
  if (auto read = read_named_month(words, at, today)) return read;
  return read_distance(words, at, today);
}

}  // namespace bordero::tasks
