#include "services/tasks/src/tasks/batch.hpp"

#include <algorithm>

#include "platform/reminders/wall_clock.hpp"
#include "services/tasks/src/tasks/task_change.hpp"
#include "services/tasks/src/tasks/task_view.hpp"

namespace bordero::tasks {
namespace {

// Later by so many days; a time keeps its hour. What has passed is counted from today.
void postpone(v1::Task& task, int days, Date today) {
  const auto due = due_day(task);
  const Date day = std::max(due.value_or(today), today).plus_days(days);
  if (const auto at = parse_instant(task.due_at())) {
    task.set_due_at(instant_text(wall_clock::instant_at(day, wall_clock::time_of_day(*at))));
  } else {
    task.set_due_on(day.str());
  }
}

}  // namespace

Result<void> check_batch(const v1::BatchTasksRequest& request) {
  const int changes = (request.status() != v1::TASK_STATUS_UNSPECIFIED) +
                      !request.assignee_id().empty() + !request.due_on().empty() +
                      (request.postpone_days() > 0) +
                      (request.priority() != v1::TASK_PRIORITY_UNSPECIFIED);
  if (!request.undo().empty()) {
    if (changes > 0 || !request.items().empty()) return invalid_field("undo", "goes_alone");
    return {};
  }
  if (request.items().empty()) return invalid_field("items", "required");
  if (changes != 1) return invalid("one_change_at_a_time");
  return {};
}

Result<v1::Task> with_change(const StoredTask& stored, const v1::BatchTasksRequest& request,
                             const Caller& caller, Date today) {
  const Task task = rule_view(stored);
  const Standing standing = standing_of(task, caller);
  TRY(may_touch(caller, "tasks.write", stored));
  if (request.status() != v1::TASK_STATUS_UNSPECIFIED) {
    const Transition transition{
        .to = request.status(), .comment = request.comment(), .reason = request.reason()};
    TRY(may_move(task, standing, transition));
    return moved(stored.view, transition);
  }
  TRY(may_change(task, standing));
  v1::Task wanted = stored.view;
  if (!request.assignee_id().empty()) wanted.set_assignee_id(request.assignee_id());
  if (request.priority() != v1::TASK_PRIORITY_UNSPECIFIED) wanted.set_priority(request.priority());
  if (!request.due_on().empty()) {
    wanted.clear_due_at();
    wanted.set_due_on(request.due_on());
  }
  if (request.postpone_days() > 0) postpone(wanted, request.postpone_days(), today);
  TRY(check_due(wanted));
  return wanted;
}

Result<v1::Task> with_return(const StoredTask& stored, const v1::Task& before,
                             const Caller& caller) {
  const Task task = rule_view(stored);
  TRY(may_touch(caller, "tasks.write", stored));
  TRY(may_change(task, standing_of(task, caller)));
  // The batch made the next version; any other is somebody's later change.
  if (stored.view.version() != before.version() + 1) {
    return stale("task_changed", stored.view.version());
  }
  v1::Task wanted = stored.view;
  wanted.set_assignee_id(before.assignee_id());
  wanted.set_due_on(before.due_on());
  wanted.set_due_at(before.due_at());
  wanted.set_priority(before.priority());
  return wanted;
}

}  // namespace bordero::tasks
