#pragma once

#include "platform/base/result.hpp"
#include "services/crm/src/deals/deal_view.hpp"

namespace bordero::crm {

// What an item of a batch makes of a deal.
struct BatchedDeal {
  v1::Deal view;
  Team team;
  std::vector<std::string> fields;  // That change, besides the team.
};
// The deal with the item's changes, or the rule that forbids them.
Result<BatchedDeal> with_item(const v1::Deal& deal, const v1::BatchDeal& item);

// The item that puts back what `item` changes in this deal.
v1::BatchDeal way_back(const v1::Deal& before, const v1::Deal& after, const v1::BatchDeal& item);

}  // namespace bordero::crm
