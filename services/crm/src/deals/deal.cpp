#include "services/crm/src/deals/deal.hpp"

#include <algorithm>
#include <array>

#include "platform/pg/param.hpp"
#include "platform/search/folding.hpp"

namespace bordero::crm {
namespace {

struct Step {
  v1::DealStatus from;
  v1::DealStatus to;
};
// The steps that a person takes; closing is possible from every open status.
constexpr std::array kSteps = {
    Step{v1::DEAL_STATUS_DRAFT, v1::DEAL_STATUS_CALCULATION},
    Step{v1::DEAL_STATUS_CALCULATION, v1::DEAL_STATUS_CLIENT_DECISION},
    Step{v1::DEAL_STATUS_CLIENT_DECISION, v1::DEAL_STATUS_ISSUANCE},
    Step{v1::DEAL_STATUS_CLIENT_DECISION, v1::DEAL_STATUS_CALCULATION},
    Step{v1::DEAL_STATUS_ISSUANCE, v1::DEAL_STATUS_CLIENT_DECISION},
    Step{v1::DEAL_STATUS_ACTIVE, v1::DEAL_STATUS_ISSUANCE},
};

bool is_step(v1::DealStatus from, v1::DealStatus to) {
  if (to == v1::DEAL_STATUS_CLOSED) return is_open(from);
  return std::any_of(kSteps.begin(), kSteps.end(),
                     [&](const Step& step) { return step.from == from && step.to == to; });
}

// The unmet condition of a step forward, or null.
const char* unmet(const Deal& deal, v1::DealStatus to) {
  const bool back = deal.status > to;
  switch (to) {
    case v1::DEAL_STATUS_CALCULATION:
      return back || deal.has_executor ? nullptr : "deal_has_no_executor";
    case v1::DEAL_STATUS_CLIENT_DECISION:
      return back || deal.ready_count > 0 ? nullptr : "deal_has_no_ready_calculation";
    case v1::DEAL_STATUS_ISSUANCE:
      return back || deal.chosen_count > 0 ? nullptr : "deal_has_no_chosen_calculation";
    case v1::DEAL_STATUS_CLOSED:
      return deal.active_policy_count == 0 ? nullptr : "deal_has_active_policy";
    default:
      return nullptr;
  }
}

std::vector<std::string> allowed_names(const Deal& deal) {
  std::vector<std::string> names;
  for (const auto status : allowed_moves(deal)) {
    names.push_back(pg::enum_tail(v1::DealStatus_descriptor(), status));
  }
  return names;
}

}  // namespace

bool is_open(v1::DealStatus status) { return status != v1::DEAL_STATUS_CLOSED; }

std::vector<v1::DealStatus> allowed_moves(const Deal& deal) {
  std::vector<v1::DealStatus> allowed;
  for (int i = v1::DEAL_STATUS_DRAFT; i <= v1::DEAL_STATUS_CLOSED; ++i) {
    const auto to = static_cast<v1::DealStatus>(i);
    if (is_step(deal.status, to) && unmet(deal, to) == nullptr) allowed.push_back(to);
  }
  return allowed;
}

Result<void> may_move(const Deal& deal, const Transition& transition) {
  const bool closing = transition.to == v1::DEAL_STATUS_CLOSED;
  if (!is_open(deal.status)) return refused("deal_is_closed");
  if (transition.to == v1::DEAL_STATUS_ACTIVE && transition.by_person) {
    return refused("deal_active_is_automatic", allowed_names(deal));
  }
  const bool activated =
      transition.to == v1::DEAL_STATUS_ACTIVE && deal.status != v1::DEAL_STATUS_ACTIVE;
  if (!activated && !is_step(deal.status, transition.to)) {
    return refused("deal_transition_not_allowed", allowed_names(deal));
  }
  if (const char* reason = unmet(deal, transition.to)) return refused(reason, allowed_names(deal));
  const bool blank = search::is_blank(transition.reason);
  if (closing && blank) return invalid_field("reason", "closing_reason_required");
  if (!closing && !blank) return invalid_field("reason", "only_when_closing");
  return {};
}

Result<void> may_change(const Deal& deal) {
  if (!is_open(deal.status)) return refused("deal_is_closed");
  return {};
}

Result<void> may_continue(const Deal& deal) {
  if (is_open(deal.status)) return refused("deal_is_open");
  return {};
}

}  // namespace bordero::crm
