#pragma once

#include <string>

#include "platform/base/context.hpp"
#include "platform/lists/list_page.hpp"

namespace bordero::projection {

// Where a service keeps who takes part in deals that are not closed.
struct OpenDeals {
  const char* access;       // Rows `x` of deal_access, as FROM…
  const char* open;         // …and WHERE say it.
  const char* one_of_many;  // An order of one person's rows that an index gives, open ones first.
};
// Copies of CRM's deals say the status in a table of their own; the newest are open.
inline constexpr OpenDeals kCopiedDeals = {
    .access =
        "deal_access x CROSS JOIN LATERAL "
        "(SELECT d.status FROM deals d WHERE d.id = x.deal_id OFFSET 0) AS o",
    .open = "o.status <> 'closed'",
    .one_of_many = "x.deal_id DESC"};

// The caller's team: all who lead or take part in open deals that the caller sees.
lists::Team team_of(const Caller& caller, const OpenDeals& deals = kCopiedDeals);

}  // namespace bordero::projection
