#pragma once

#include <string>
#include <vector>

#include "platform/base/context.hpp"
#include "platform/pg/database.hpp"
#include "services/crm/src/policies/policy_view.hpp"

namespace bordero::crm {

// Tell other services, and the deal's timeline, what happened; in the transaction of the change.
void announce_created(pg::Transaction& tx, const Context& ctx, const SeenPolicy& made);
void announce_updated(pg::Transaction& tx, const Context& ctx, const v1::Policy& before,
                      const SeenPolicy& after, const std::vector<std::string>& fields);
// The deal in which it is renewed began or ended, as a line of that deal says.
void announce_renewal_deal(pg::Transaction& tx, const Context& ctx, const v1::Policy& before,
                           const SeenPolicy& after);
// Activated, waiting for renewal, or closed.
void announce_moved(pg::Transaction& tx, const Context& ctx, const v1::Policy& before,
                    const SeenPolicy& after);
// A renewal was returned: its draft is gone, and the policy has no successor.
void announce_discarded(pg::Transaction& tx, const Context& ctx, const SeenPolicy& draft,
                        const v1::Policy& before, const SeenPolicy& after);
void announce_renewed(pg::Transaction& tx, const Context& ctx, const SeenPolicy& continued,
                      const v1::Policy& successor);

}  // namespace bordero::crm
