#pragma once

#include "platform/base/context.hpp"
#include "platform/pg/database.hpp"
#include "services/crm/src/deals/deal_view.hpp"

namespace bordero::crm {

// Who leads a deal that the caller creates: the caller, or whom an admin names.
Result<std::string> lead_of_new(const Caller& caller, const std::string& asked);
// Checks each member's function against their role.
awaitable<Result<void>> check_team(pg::Transaction& tx, const Team& team);
// The members who may still hold their functions; the caller leads when the lead may not.
awaitable<Team> still_fit(pg::Transaction& tx, const Caller& caller, const Team& team);
// Sets the fields of the view that name the lead, executor and controller.
void set_heads(v1::Deal& deal, const Team& team);
// Numbers the deal within the year, saves it with its team and words, announces it, and gives what
// was saved. A deal without an id gets one.
awaitable<v1::Deal> found_deal(pg::Transaction& tx, const Context& ctx, v1::Deal deal,
                               const Team& team, int year);

}  // namespace bordero::crm
