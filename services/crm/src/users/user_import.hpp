#pragma once

#include "platform/pg/database.hpp"
#include "platform/rpc/peers.hpp"

namespace bordero::crm {

// Takes all users from Auth into the copy; what is newer here stays. For starts, when events from
// before this service existed are not coming any more.
awaitable<Result<void>> import_users(pg::Database& db, rpc::Peers& peers);

}  // namespace bordero::crm
