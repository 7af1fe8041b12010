#pragma once

#include <optional>
#include <vector>

#include "platform/base/clock.hpp"
#include "services/tasks/src/parse/line_words.hpp"

namespace bordero::tasks {

// A date read from words. Several dates: what was typed may mean each of them. None: it looks like
// a date that does not exist.
struct ReadDate {
  std::vector<Date> dates;
  std::size_t words = 0;  // How many words said it.
};

// The date that the words at `at` say, if they say one: завтра, в пятницу, 27.11, 27 ноября, +3д,
// через неделю, tomorrow, next monday, nov 27, in 3 days.
std::optional<ReadDate> read_date(const LineWords& words, std::size_t at, Date today);

// 1 for a Monday to 7 for a Sunday, in any case of Russian or in English; 0 for another word.
int weekday_of(std::string_view folded);

}  // namespace bordero::tasks
