#pragma once

#include <optional>

#include "bordero/tasks/v1/tasks.pb.h"
#include "platform/base/clock.hpp"

namespace bordero::tasks {

// The first date of the series after `after`. Dates count from `first`, so that what began on the
// 31st comes on the last day of shorter months and on the 31st again. None after `until`.
std::optional<Date> next_in_series(const v1::Recurrence& recurrence, Date first, Date after);

}  // namespace bordero::tasks
