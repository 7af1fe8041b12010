#pragma once

#include "platform/mq/mq.hpp"

namespace bordero::audit {

// Keeps the names of users as Auth's events tell them; older news than what is held is skipped.
// Events of other kinds pass.
void copy_user(pg::Transaction& tx, const mq::Event& event);

}  // namespace bordero::audit
