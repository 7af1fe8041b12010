#include "services/tasks/src/parse/time_words.hpp"

namespace bordero::tasks {
namespace {

constexpr int kHours = 24;
constexpr int kHalfDay = 12;
constexpr int kMinutesOfHour = 60;

bool is_half(std::string_view word) { return word == "am" || word == "pm"; }
bool is_hour_word(std::string_view word) {
  return word == "ч" || word == "час" || word == "часа" || word == "часов" || word == "h";
}

std::optional<int> minutes_of(int hour, int minute, std::string_view half) {
  if (minute >= kMinutesOfHour) return std::nullopt;
  if (!half.empty()) {
    if (hour < 1 || hour > kHalfDay) return std::nullopt;
    hour = hour % kHalfDay + (half == "pm" ? kHalfDay : 0);
  }
  if (hour >= kHours) return std::nullopt;
  return hour * kMinutesOfHour + minute;
}

ReadTime with_half(const LineWords& words, std::size_t at, int hour, int minute,
                   std::string_view glued) {
  ReadTime read{.words = 1};
  std::string_view half = glued;
  if (half.empty() && is_half(word_at(words, at + 1))) {
    half = word_at(words, at + 1);
    read.words = 2;
  }
  read.minutes = minutes_of(hour, minute, half);
  return read;
}

}  // namespace

std::optional<ReadTime> read_time(const LineWords& words, std::size_t at, bool after_preposition) {
  std::string_view rest;
  const int hour = leading_number(word_at(words, at), 2, rest);
  if (hour < 0) return std::nullopt;
  if (rest.starts_with(':')) {
    std::string_view glued;
    const std::string_view minutes = rest.substr(1);
    const int minute = leading_number(minutes, 2, glued);
    const bool two_digits = minute >= 0 && minutes.size() - glued.size() == 2;
    if (!two_digits || !(glued.empty() || is_half(glued))) return std::nullopt;
    return with_half(words, at, hour, minute, glued);
  }
  if (is_half(rest)) return with_half(words, at, hour, 0, rest);
  if (is_hour_word(rest)) return ReadTime{.minutes = minutes_of(hour, 0, {}), .words = 1};
  if (!rest.empty()) return std::nullopt;

  const std::string_view next = word_at(words, at + 1);
  if (is_half(next)) return with_half(words, at, hour, 0, {});
  if (!after_preposition || hour >= kHours) return std::nullopt;
  return ReadTime{.minutes = minutes_of(hour, 0, {}), .words = is_hour_word(next) ? 2U : 1U};
}

}  // namespace bordero::tasks
