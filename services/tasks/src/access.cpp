#include "services/tasks/src/access.hpp"

#include <algorithm>

namespace bordero::tasks {
namespace {

// Of all roles finance alone sees tasks for what they are about.
bool sees_payments(Role role) { return role == Role::finance; }

}  // namespace

std::optional<std::string> user_param(const Caller& caller) {
  if (caller.user_id.empty()) return std::nullopt;
  return caller.user_id;
}

bool sees_every_deal(Role role) {
  return role == Role::finance || role == Role::head || role == Role::admin || role == Role::system;
}

policy::Relation relation_to(const v1::Task& task, const std::vector<std::string>& people,
                             const Caller& caller) {
  policy::Relation relation;
  relation.owner = std::find(people.begin(), people.end(), caller.user_id) != people.end();
  relation.member = sees_payments(caller.role) && !task.payment_id().empty();
  return relation;
}

Result<void> may(const Caller& caller, const char* action, const policy::Relation& relation) {
  return policy::require(caller, action, "tasks.read", relation, "task_not_found");
}

std::string tasks_seen(Role role) {
  const char* about_payments = sees_payments(role) ? "t.payment_id IS NOT NULL" : "";
  return policy::predicate(role, "tasks.read",
                           {.lead = "",
                            .member = about_payments,
                            .owner = "EXISTS (SELECT FROM task_access x WHERE x.task_id = t.id"
                                     " AND x.user_id = $1::uuid)"});
}

bool sees_by_access_alone(Role role) { return role == Role::agent || role == Role::executor; }

}  // namespace bordero::tasks
