#pragma once

#include "platform/base/context.hpp"
#include "platform/pg/row.hpp"
#include "platform/policy/policy.hpp"
#include "services/crm/src/deals/deal.hpp"
#include "services/crm/src/deals/team.hpp"

namespace bordero::crm {

// A deal, and how the caller relates to it.
struct SeenDeal {
  v1::Deal view;
  policy::Relation relation;
};

Deal rule_view(const v1::Deal& view);
Team team_of(const v1::Deal& view);
// How the caller relates to a deal with the team of this view.
policy::Relation relation_to(const v1::Deal& view, const Caller& caller);
std::vector<std::string> audience_of(const v1::Deal& view);

// From a row with the columns of view_deal or of the list; fills the deadline too.
v1::Deal deal_of(const pg::Row& row);
// Fills what depends on who asks: warnings, capabilities, allowed statuses.
void show_deal(v1::Deal& view, const Caller& caller, const policy::Relation& relation);

}  // namespace bordero::crm
