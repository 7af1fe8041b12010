#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "platform/base/result.hpp"
#include "platform/base/uuid.hpp"

namespace bordero::crm {

// The positions of a batch's items in the order of their records' ids: whoever locks several
// records locks them in this order. A record that stands twice is refused.
template <class Items>
Result<std::vector<int>> in_lock_order(const Items& items) {
  std::vector<int> order;
  for (int i = 0; i < items.size(); ++i) order.push_back(i);
  std::sort(order.begin(), order.end(),
            [&](int one, int other) { return items[one].id() < items[other].id(); });
  const auto twice = std::adjacent_find(order.begin(), order.end(), [&](int one, int other) {
    return items[one].id() == items[other].id();
  });
  if (twice == order.end()) return order;
  const int at = std::max(*twice, *std::next(twice));
  return invalid_field("items[" + std::to_string(at) + "].id", "twice_the_same");
}

// Says in an item's answer why it was refused.
template <class Result>
void refuse_item(Result& result, const Error& error) {
  result.set_ok(false);
  result.set_status(static_cast<int>(error.kind));
  result.set_code(error.reason);
  if (error.fields.empty()) return;
  result.set_code(error.fields.front().code);
  result.set_field(error.fields.front().field);
}

}  // namespace bordero::crm
