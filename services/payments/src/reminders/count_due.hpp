#pragma once

#include "platform/reminders/due_rpc.hpp"

namespace bordero::payments {

// Premiums that clients of each person's deals owe by this day, and what waits for finance.
awaitable<pg::Rows> count_due(pg::Transaction& tx, const std::vector<std::string>& people, Date on);

}  // namespace bordero::payments
