#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bordero/tasks/v1/tasks.pb.h"
#include "platform/base/context.hpp"
#include "platform/policy/policy.hpp"

namespace bordero::tasks {

// The caller's id as a uuid parameter; NULL for the system.
std::optional<std::string> user_param(const Caller& caller);
// Roles that see every deal, and so may have a task of any.
bool sees_every_deal(Role role);
// How the caller relates to a task that these people see as assignee, author or lead.
policy::Relation relation_to(const v1::Task& task, const std::vector<std::string>& people,
                             const Caller& caller);
Result<void> may(const Caller& caller, const char* action, const policy::Relation& relation);
// The SQL of "the caller may see this task" over `tasks t`, where $1 is the caller.
std::string tasks_seen(Role role);
// Whether the caller's tasks are just those of task_access, so that a list begins at its index.
bool sees_by_access_alone(Role role);

}  // namespace bordero::tasks
