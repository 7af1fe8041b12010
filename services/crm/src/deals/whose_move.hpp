#pragma once

#include "platform/base/context.hpp"

namespace bordero::crm {

// A task is its assignee's move.
const char* whose_task(Role assignee);

}  // namespace bordero::crm
