#include "services/crm/src/seed/large_dates.hpp"

#include <algorithm>
#include <tuple>

#include "demo/people.hpp"
#include "services/crm/src/deals/whose_move.hpp"

namespace bordero::crm {
namespace {

Role role_of(const std::string& user_id) {
  for (const auto& person : demo::kPeople) {
    if (person.id == user_id) return person.role;
  }
  return Role::agent;
}

// As Payments tells it of what is still to come.
const char* whose(const large::Payment& payment, const large::Policy& policy) {
  if (payment.status == "expected") return "finance";
  if (payment.type == "client_premium") return "client";
  if (payment.type == "commission_income") return policy.route == "net" ? "client" : "insurer";
  return "agent";
}

int urgency(std::string_view kind) {
  if (kind == "task") return 0;
  if (kind == "payment") return 1;
  return kind == "policy_end" ? 2 : 3;
}

}  // namespace

std::vector<LargeDate> dates_of(const large::DealFile& file) {
  std::vector<LargeDate> dates;
  for (const auto& task : file.tasks) {
    if (!task.of_deal || !task.open()) continue;
    const Role role = role_of(task.assignee_id);
    dates.push_back({"task", task.id, task.due_on, whose_task(role), task.assignee_id});
  }
  for (const auto& payment : file.payments) {
    const auto& policy = file.policies[payment.policy];
    if (payment.open()) {
      dates.push_back({"payment", payment.id, payment.planned_on, whose(payment, policy)});
    }
  }
  for (const auto& policy : file.policies) {
    if (policy.in_force()) dates.push_back({"policy_end", policy.id, policy.to, "agent"});
  }
  const auto& deal = file.deal;
  if (deal.next_review_on) dates.push_back({"next_review", deal.id, *deal.next_review_on, "agent"});
  std::sort(dates.begin(), dates.end(), [](const LargeDate& one, const LargeDate& other) {
    return std::tuple(one.on, urgency(one.kind), one.subject_id) <
           std::tuple(other.on, urgency(other.kind), other.subject_id);
  });
  return dates;
}

std::string assignee_of(const LargeDate& date, const large::Deal& deal) {
  if (!date.assignee_id.empty()) return date.assignee_id;
  const std::string_view whose = date.waiting_on;
  if (whose == "finance" && !deal.controller_id.empty()) return deal.controller_id;
  if (whose == "executor" && !deal.executor_id.empty()) return deal.executor_id;
  return deal.lead_id;
}

}  // namespace bordero::crm
