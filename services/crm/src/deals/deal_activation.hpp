#pragma once

#include <string>

#include "platform/base/context.hpp"
#include "platform/pg/database.hpp"

namespace bordero::crm {

// Makes an open deal active when a policy that was activated since the deal last entered issuance
// (any, if it never did) is in force and has a received premium. The deal is locked.
awaitable<void> activate_paid_deal(pg::Transaction& tx, const Context& ctx,
                                   const std::string& deal_id);

}  // namespace bordero::crm
