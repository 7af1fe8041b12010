#pragma once

#include <optional>

#include "services/tasks/src/parse/line_words.hpp"

namespace bordero::tasks {

// A time of day read from words; none when it looks like a time that does not exist.
struct ReadTime {
  std::optional<int> minutes;  // Since midnight.
  std::size_t words = 0;
};

// The time that the words at `at` say: 15:00, 3pm, 15ч; after a preposition also a bare hour
// ("в 15", "at 9").
std::optional<ReadTime> read_time(const LineWords& words, std::size_t at, bool after_preposition);

}  // namespace bordero::tasks
