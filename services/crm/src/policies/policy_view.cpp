#include "services/crm/src/policies/policy_view.hpp"

#include "platform/base/clock.hpp"
#include "platform/search/folding.hpp"
#include "services/crm/src/access/access.hpp"
#include "services/crm/src/policies/schedule.hpp"

namespace bordero::crm {
namespace {

constexpr const char* kMissing = "policy_not_found";

Result<void> both(const Result<void>& first, const Result<void>& second) {
  return first ? second : first;
}

void warn(v1::Policy& view, const char* field, const char* code) {
  auto* warning = view.add_warnings();
  warning->set_field(field);
  warning->set_code(code);
}

void add_warnings(v1::Policy& view) {
  for (const auto& one : view.instalments()) {
    if (view.effective_to().empty() || one.due_on() <= view.effective_to()) continue;
    warn(view, "instalments", "instalment_after_end");
    break;
  }
  const bool by_rule = view.commission_rate().empty() && !view.has_commission_amount();
  if (by_rule && view.status() == v1::POLICY_STATUS_DRAFT) {
    warn(view, "commission_rate", "commission_by_rule");
  }
}

}  // namespace

Policy rule_view(const SeenPolicy& seen) {
  const v1::Policy& view = seen.view;
  return {.status = view.status(),
          .deal_is_open = seen.deal_is_open,
          .has_number = !search::code_of(view.number()).empty(),
          .effective_from = Date::parse(view.effective_from()),
          .effective_to = Date::parse(view.effective_to()),
          .premium_minor = view.premium().amount_minor(),
          .has_successor = !view.successor_id().empty(),
          .has_renewal_deal = !view.renewal_deal_id().empty(),
          .ended_early = !view.closed_on().empty() && view.closed_on() < view.effective_to()};
}

SeenPolicy policy_of(const pg::Row& row) {
  SeenPolicy seen;
  seen.view = row.to<v1::Policy>();
  seen.deal_is_open = row.text("deal_status") != "closed";
  return seen;
}

void show_policy(SeenPolicy& seen, const Caller& caller) {
  v1::Policy& view = seen.view;
  const Policy policy = rule_view(seen);
  const auto write = may(caller, "policies.write", "policies.read", seen.relation, kMissing);
  auto& can = *view.mutable_can();
  const bool draft = policy.status == v1::POLICY_STATUS_DRAFT;
  Result<void> activate = may_move(policy, v1::POLICY_STATUS_ACTIVE);
  if (activate && !draft) activate = refused("policy_transition_not_allowed");
  add_capability(can, "update", both(write, may_change(policy)));
  add_capability(can, "activate", both(write, activate));
  add_capability(can, "transition", both(write, may_change(policy)));
  add_capability(can, "renew", both(write, may_renew(policy)));
  const auto create = may(caller, "deals.create", "policies.read", seen.relation, kMissing);
  add_capability(can, "renewal_deal", both(create, both(write, may_open_renewal_deal(policy))));
  add_capability(can, "close", both(write, may_move(policy, v1::POLICY_STATUS_CLOSED)));
  add_capability(can, "amend", both(write, may_change(policy)));
  add_warnings(view);
  if (auto next = next_instalment(view, clock::today())) {
    *view.mutable_next_instalment() = std::move(*next);
  }
  if (!write) return;
  for (const auto status : allowed_moves(policy)) {
    view.add_allowed_statuses(pg::enum_tail(v1::PolicyStatus_descriptor(), status));
  }
}

std::string title_of(const v1::Policy& policy) {
  if (policy.number().empty()) return policy.insurer_name();
  return policy.insurer_name() + " " + policy.number();
}

}  // namespace bordero::crm
