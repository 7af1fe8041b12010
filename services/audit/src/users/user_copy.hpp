#pragma once

#include "platform/background/rule.hpp"
#include "platform/mq/mq.hpp"
#include "platform/rpc/peers.hpp"

// Names to show beside actor ids. Entries themselves hold ids alone.
namespace bordero::audit {

// Keeps the names as Auth's events tell them; older news than what is held is skipped, and events
// of other kinds pass.
void copy_user(pg::Transaction& tx, const mq::Event& event);

// The copy as it is filled from Auth, for those who were there before this log, and compared.
background::Copy copy_of_users(pg::Database& db, rpc::Peers& peers);

}  // namespace bordero::audit
