#pragma once

#include "platform/pg/database.hpp"
#include "services/crm/src/seed/invented.hpp"

namespace bordero::crm {

// Quotes for the demo deals that are being calculated; some of these go on to the client's decision
// and to issuance, as quotes become ready and chosen.
awaitable<Result<void>> seed_calculations(pg::Transaction& tx, const Context& ctx, Dice& dice);

}  // namespace bordero::crm
