#pragma once

#include <vector>

#include "platform/reminders/rule.hpp"

namespace bordero::payments {

// Payments that are due soon or today, and those that are overdue: their deal's lead and finance
// controller are told, and a task is asked for.
std::vector<reminders::Rule> payment_rules();

}  // namespace bordero::payments
