#pragma once

#include <optional>

#include "bordero/tasks/v1/tasks.pb.h"
#include "platform/base/clock.hpp"
#include "services/tasks/src/parse/line_words.hpp"

namespace bordero::tasks {

struct ReadRecurrence {
  v1::Recurrence recurrence;
  Date first;  // When the first task is due, unless another date is named.
  std::size_t words = 0;
};

// ежедневно, каждую неделю, каждый понедельник, every month, daily…
std::optional<ReadRecurrence> recurrence_of(const LineWords& words, std::size_t at, Date today);

}  // namespace bordero::tasks
