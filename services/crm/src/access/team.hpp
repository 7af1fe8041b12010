#pragma once

#include "platform/projection/team.hpp"

namespace bordero::crm {

// The people of the open deals that the caller sees, for filters of lists.
inline lists::Team team_of(const Caller& caller) {
  constexpr projection::OpenDeals kDeals = {
      .access = "deal_access x", .open = "x.status <> 'closed'", .one_of_many = "x.deadline_on"};
  return projection::team_of(caller, kDeals);
}

}  // namespace bordero::crm
