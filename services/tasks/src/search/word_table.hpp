#pragma once

#include "platform/lists/words.hpp"

namespace bordero::tasks {

inline constexpr lists::WordTable kTaskWords = {"task_search", "task_id", "tasks_found",
                                                "tasks_met"};

}  // namespace bordero::tasks
