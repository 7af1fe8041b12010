#pragma once

#include "platform/projection/team.hpp"

namespace bordero::crm {

// The people of the open deals that the caller sees, for filters of lists.
inline lists::Team team_of(const Caller& caller) {
  constexpr projection::OpenDeals kDeals = {.members = "deal_access m WHERE m.status <> 'closed'",
                                            .one_of_many = "m.deadline_on"};
  return projection::team_of(caller, kDeals);
}

}  // namespace bordero::crm
