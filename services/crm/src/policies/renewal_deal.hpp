#pragma once

#include <optional>

#include "platform/pg/database.hpp"
#include "services/crm/src/deals/deal_view.hpp"
#include "services/crm/src/policies/policy_view.hpp"

namespace bordero::crm {

// A deal that renews a policy of an earlier deal: what it issues continues that policy.

// Queued: holds the policy that the deal renews, and its deal. Before the deal itself is held.
void hold_renewed(pg::Transaction& tx, Id<Deal> deal_id);
// The policy that the new one continues, if the deal renews one of its product that nothing
// continues yet; the new one is marked as its renewal.
awaitable<std::optional<SeenPolicy>> continued_by(pg::Transaction& tx, const v1::Deal& deal,
                                                  v1::Policy& wanted);
// Queued: the renewed policy points at the new one.
void link_successor(pg::Transaction& tx, const SeenPolicy& renewed, const v1::Policy& successor);
awaitable<void> announce_continued(pg::Transaction& tx, const Context& ctx,
                                   const SeenPolicy& renewed, const v1::Policy& successor);

// A policy that is about to become active in such a deal continues the old one unless another in
// force does, whichever draft was the first: gives the old one as it was.
awaitable<std::optional<SeenPolicy>> take_over_renewal(pg::Transaction& tx, const Context& ctx,
                                                       v1::Policy& wanted);

// The deal began to renew this policy, or no longer does: who looks at the policy is told.
awaitable<void> tell_renewal_deal(pg::Transaction& tx, const Context& ctx,
                                  const v1::Policy& before);

// A deal that was closed renews nothing: its policy may be renewed anew, and a draft that was to
// continue it stands alone.
awaitable<void> give_up_renewal(pg::Transaction& tx, const Context& ctx, const v1::Deal& deal);

}  // namespace bordero::crm
