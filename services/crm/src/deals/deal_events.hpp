#pragma once

#include <string>

#include "platform/base/context.hpp"
#include "platform/pg/database.hpp"
#include "services/crm/src/access/access.hpp"
#include "services/crm/src/deals/deal_view.hpp"

namespace bordero::crm {

// Tell other services, and the deal's timeline, what happened; in the transaction of the change.
void announce_created(pg::Transaction& tx, const Context& ctx, const v1::Deal& deal);
void announce_updated(pg::Transaction& tx, const Context& ctx, const v1::Deal& before,
                      const v1::Deal& after, const std::vector<std::string>& fields);
// Status changed, and closed when it was the last.
void announce_moved(pg::Transaction& tx, const Context& ctx, const v1::Deal& before,
                    const v1::Deal& after);
// One timeline line a person and function; gives who came and who left.
TeamChange announce_team(pg::Transaction& tx, const Context& ctx, const v1::Deal& before,
                         const v1::Deal& after);

}  // namespace bordero::crm
