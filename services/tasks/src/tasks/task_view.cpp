#include "services/tasks/src/tasks/task_view.hpp"

#include "platform/policy/capability.hpp"
#include "services/tasks/src/access.hpp"

namespace bordero::tasks {
namespace {

Result<void> both(const Result<void>& first, const Result<void>& second) {
  return first ? second : first;
}

Result<void> any_move(const std::vector<std::string>& moves) {
  if (moves.empty()) return refused("task_transition_not_allowed");
  return {};
}

}  // namespace

Result<void> may_touch(const Caller& caller, const char* action, const StoredTask& stored) {
  return may(caller, action, relation_to(stored.view, stored.people, caller));
}

v1::Task shown(const StoredTask& stored, const Caller& caller) {
  v1::Task view = stored.view;
  const Task task = rule_view(stored);
  const Standing standing = standing_of(task, caller);
  const auto write = may_touch(caller, "tasks.write", stored);
  const auto change = both(write, may_change(task, standing));
  const auto moves = write ? allowed_moves(task, standing) : std::vector<std::string>();
  for (const char* action : {"update", "assign", "postpone"}) {
    policy::add_capability(*view.mutable_can(), action, change);
  }
  policy::add_capability(*view.mutable_can(), "transition", both(write, any_move(moves)));
  for (const auto& move : moves) view.add_allowed_statuses(move);
  return view;
}

}  // namespace bordero::tasks
