#pragma once

#include <vector>

#include "platform/reminders/rule.hpp"

namespace bordero::crm {

// What CRM's dates remind of: policies to be renewed and policies that ended without it, amendments
// to be agreed, deals to be reviewed.
std::vector<reminders::Rule> crm_rules();

}  // namespace bordero::crm
