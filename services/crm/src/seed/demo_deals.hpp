#pragma once

#include <vector>

#include "platform/pg/database.hpp"
#include "services/crm/src/seed/invented.hpp"

namespace bordero::crm {

// Deals of these clients with their teams, statuses, deadlines around today and journals.
awaitable<Result<void>> seed_deals(pg::Transaction& tx, const Context& ctx, Dice& dice,
                                   const std::vector<v1::Client>& clients);

}  // namespace bordero::crm
