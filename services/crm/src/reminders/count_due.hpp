#pragma once

#include "platform/reminders/due_rpc.hpp"

namespace bordero::crm {

// Deals whose next move is each person's by this day, and renewals of the deals that they lead.
awaitable<pg::Rows> count_due(pg::Transaction& tx, const std::vector<std::string>& people, Date on);

}  // namespace bordero::crm
