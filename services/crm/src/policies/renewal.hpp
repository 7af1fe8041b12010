#pragma once

#include <string>
#include <vector>

#include "platform/pg/database.hpp"
#include "services/crm/src/policies/policy_view.hpp"

namespace bordero::crm {

// Queued: how far the renewals of these deals' policies are, after a policy or a quote of theirs
// changed. The deals are locked.
void refresh_renewals(pg::Transaction& tx, const std::vector<std::string>& deal_ids);

// Whether a premium that changed by so many percent ("12.5", empty when not known) grew by more
// than the agency takes calmly.
bool is_risky(std::string_view premium_change, int risk_percent);

// Takes a renewal back while nobody has touched the draft that it made: the draft goes, and the
// policy may be renewed again. The deal and the policy are locked. Gives the policy.
awaitable<Result<SeenPolicy>> discard_renewal(pg::Transaction& tx, const Context& ctx,
                                              SeenPolicy seen);

}  // namespace bordero::crm
