#pragma once

#include <string>
#include <vector>

#include "platform/base/context.hpp"
#include "platform/pg/database.hpp"
#include "services/crm/src/clients/client_view.hpp"

namespace bordero::crm {

// Tells other services what a client became, in the transaction of the change.
void announce_updated(pg::Transaction& tx, const Context& ctx, const v1::Client& before,
                      const v1::Client& after, const std::vector<std::string>& audience);

}  // namespace bordero::crm
