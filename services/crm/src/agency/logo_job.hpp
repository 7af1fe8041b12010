#pragma once

#include "platform/pg/database.hpp"
#include "platform/rpc/peers.hpp"

namespace bordero::crm {

inline constexpr const char* kTakeLogo = "take_logo";

// Events tell a picture by its digest; its bytes are asked for, so that no queue and no log carries
// them.
awaitable<Result<bool>> take_logo(pg::Database& db, rpc::Peers& peers);

}  // namespace bordero::crm
