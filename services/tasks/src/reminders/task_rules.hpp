#pragma once

#include <vector>

#include "platform/reminders/rule.hpp"

namespace bordero::tasks {

// What the clock says of tasks: to the assignee on the due day and as many days before as the task
// asks for; to the author when it is overdue by a day.
std::vector<reminders::Rule> task_rules();

}  // namespace bordero::tasks
