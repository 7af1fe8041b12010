#pragma once

#include <string>
#include <vector>

#include "bordero/crm/v1/deals.pb.h"
#include "platform/base/result.hpp"
#include "platform/base/uuid.hpp"

namespace bordero::crm {

// What the rules need to know about a deal; the full view is v1::Deal.
struct Deal {
  v1::DealStatus status = v1::DEAL_STATUS_DRAFT;
  bool has_executor = false;
  // Calculations and policies of the deal; a chosen calculation is a ready one too.
  int ready_count = 0;
  int chosen_count = 0;
  int active_policy_count = 0;
};

// What somebody asks a deal to become.
struct Transition {
  v1::DealStatus to = v1::DEAL_STATUS_UNSPECIFIED;
  std::string reason = {};
  bool by_person = true;  // Only the system makes a deal active.
};

bool is_open(v1::DealStatus status);

// Nothing, or the rule that forbids the step, with the statuses that are allowed.
Result<void> may_move(const Deal& deal, const Transition& transition);
// The statuses that a person may move the deal to now, a closing reason provided.
std::vector<v1::DealStatus> allowed_moves(const Deal& deal);
// A closed deal is final: it is continued, not changed.
Result<void> may_change(const Deal& deal);
Result<void> may_continue(const Deal& deal);

}  // namespace bordero::crm
