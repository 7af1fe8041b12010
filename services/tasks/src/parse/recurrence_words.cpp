#include "services/tasks/src/parse/recurrence_words.hpp"

#include <algorithm>
#include <array>

#include "services/tasks/src/parse/date_words.hpp"

namespace bordero::tasks {
namespace {

constexpr int kDaysOfWeek = 7;

struct Spoken {
  std::string_view word;
  v1::RecurrenceEvery every;
};

template <std::size_t N>
v1::RecurrenceEvery among(const std::array<Spoken, N>& all, std::string_view word) {
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const Spoken& one) { return one.word == word; });
  return found == all.end() ? v1::RECURRENCE_EVERY_UNSPECIFIED : found->every;
}

v1::RecurrenceEvery adverb(std::string_view word) {
  static constexpr std::array<Spoken, 8> kAll = {{
      {"ежедневно", v1::RECURRENCE_EVERY_DAILY},
      {"еженедельно", v1::RECURRENCE_EVERY_WEEKLY},
      {"ежемесячно", v1::RECURRENCE_EVERY_MONTHLY},
      {"ежегодно", v1::RECURRENCE_EVERY_YEARLY},
      {"daily", v1::RECURRENCE_EVERY_DAILY},
      {"weekly", v1::RECURRENCE_EVERY_WEEKLY},
      {"monthly", v1::RECURRENCE_EVERY_MONTHLY},
      {"yearly", v1::RECURRENCE_EVERY_YEARLY},
  }};
  return among(kAll, word);
}

v1::RecurrenceEvery period(std::string_view word) {
  static constexpr std::array<Spoken, 8> kAll = {{
      {"день", v1::RECURRENCE_EVERY_DAILY},
      {"неделю", v1::RECURRENCE_EVERY_WEEKLY},
      {"месяц", v1::RECURRENCE_EVERY_MONTHLY},
      {"год", v1::RECURRENCE_EVERY_YEARLY},
      {"day", v1::RECURRENCE_EVERY_DAILY},
      {"week", v1::RECURRENCE_EVERY_WEEKLY},
      {"month", v1::RECURRENCE_EVERY_MONTHLY},
      {"year", v1::RECURRENCE_EVERY_YEARLY},
  }};
  return among(kAll, word);
}

bool means_every(std::string_view word) {
  static constexpr std::array<std::string_view, 4> kAll = {"каждый", "каждую", "каждое", "every"};
  return std::find(kAll.begin(), kAll.end(), word) != kAll.end();
}

ReadRecurrence read_as(v1::RecurrenceEvery every, Date first, std::size_t words) {
  ReadRecurrence read;
  read.recurrence.set_every(every);
  read.first = first;
  read.words = words;
  return read;
}

}  // namespace

std::optional<ReadRecurrence> recurrence_of(const LineWords& words, std::size_t at, Date today) {
  const auto alone = adverb(word_at(words, at));
  if (alone != v1::RECURRENCE_EVERY_UNSPECIFIED) return read_as(alone, today, 1);
  if (!means_every(word_at(words, at))) return std::nullopt;

  const std::string_view what = word_at(words, at + 1);
  const auto every = period(what);
  if (every != v1::RECURRENCE_EVERY_UNSPECIFIED) return read_as(every, today, 2);
  const int weekday = weekday_of(what);
  if (weekday == 0) return std::nullopt;
  const int now = static_cast<int>(std::chrono::weekday(today.day).iso_encoding());
  const Date first = today.plus_days((weekday - now + kDaysOfWeek) % kDaysOfWeek);
  return read_as(v1::RECURRENCE_EVERY_WEEKLY, first, 2);
}

}  // namespace bordero::tasks
