#pragma once

#include <string>

#include "platform/base/context.hpp"
#include "platform/lists/list_page.hpp"

namespace bordero::projection {

// Where a service keeps who takes part in deals that are not closed.
struct OpenDeals {
  const char* members;      // Rows `m` of deal_access, as FROM … WHERE …
  const char* one_of_many;  // An order of one person's rows that an index gives, open ones first.
};
// Copies of CRM's deals say the status in a table of their own; the newest are open.
inline constexpr OpenDeals kCopiedDeals = {
    .members = "deal_access m JOIN deals o ON o.id = m.deal_id WHERE o.status <> 'closed'",
    .one_of_many = "m.deal_id DESC"};

// The caller's team: all who lead or take part in open deals that the caller sees.
lists::Team team_of(const Caller& caller, const OpenDeals& deals = kCopiedDeals);

}  // namespace bordero::projection
