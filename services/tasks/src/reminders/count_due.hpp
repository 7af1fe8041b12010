#pragma once

#include "platform/reminders/due_rpc.hpp"

namespace bordero::tasks {

// Tasks of each person that are due by this day.
awaitable<pg::Rows> count_due(pg::Transaction& tx, const std::vector<std::string>& people, Date on);

}  // namespace bordero::tasks
