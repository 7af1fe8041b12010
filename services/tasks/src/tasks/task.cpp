#include "services/tasks/src/tasks/task.hpp"

#include <array>
#include <set>
#include <utility>

#include "platform/pg/param.hpp"
#include "platform/reminders/wall_clock.hpp"
#include "platform/search/folding.hpp"

namespace bordero::tasks {
namespace {

enum class Mover { assignee, author };
struct Step {
  v1::TaskStatus from;
  v1::TaskStatus to;
  Mover mover;
};
constexpr std::array kSteps = {
    Step{v1::TASK_STATUS_NEW, v1::TASK_STATUS_IN_PROGRESS, Mover::assignee},
    Step{v1::TASK_STATUS_NEW, v1::TASK_STATUS_CANCELLED, Mover::author},
    Step{v1::TASK_STATUS_IN_PROGRESS, v1::TASK_STATUS_CANCELLED, Mover::author},
    Step{v1::TASK_STATUS_IN_PROGRESS, v1::TASK_STATUS_DONE, Mover::assignee},
    Step{v1::TASK_STATUS_DONE, v1::TASK_STATUS_IN_PROGRESS, Mover::author},
};

const Step* find_step(v1::TaskStatus from, v1::TaskStatus to) {
  for (const Step& step : kSteps) {
    if (step.from == from && step.to == to) return &step;
  }
  return nullptr;
}

bool may_take(const Step& step, const Standing& standing) {
  return step.mover == Mover::assignee ? standing.assignee : standing.author;
}

bool blank(const std::string& text) { return search::is_blank(text); }

// A step says what it has to and nothing else.
Result<void> check_words(const Step& step, const Transition& transition) {
  const bool finishing = step.to == v1::TASK_STATUS_DONE;
  const bool returning = step.from == v1::TASK_STATUS_DONE;
  const bool cancelling = step.to == v1::TASK_STATUS_CANCELLED;
  const bool silent = blank(transition.comment);
  if (finishing && silent) return invalid_field("comment", "result_required");
  if (returning && silent) return invalid_field("comment", "missing_part_required");
  if (!finishing && !returning && !silent) {
    return invalid_field("comment", "only_when_done_or_returned");
  }
  if (cancelling && blank(transition.reason))
    return invalid_field("reason", "cancel_reason_required");
  if (!cancelling && !blank(transition.reason)) {
    return invalid_field("reason", "only_when_cancelling");
  }
  return {};
}

}  // namespace

Standing standing_of(const Task& task, const Caller& caller) {
  if (caller.role == Role::admin || caller.role == Role::system) {
    return {.assignee = true, .author = true};
  }
  const std::string& me = caller.user_id;
  const bool lead_stands_in = task.author_id.empty() || task.author_left;
  return {.assignee = task.assignee_id == me,
          .author = lead_stands_in ? !task.lead_agent_id.empty() && task.lead_agent_id == me
                                   : task.author_id == me};
}

bool is_open(v1::TaskStatus status) {
  return status == v1::TASK_STATUS_NEW || status == v1::TASK_STATUS_IN_PROGRESS;
}

std::vector<std::string> allowed_moves(const Task& task, const Standing& standing) {
  std::vector<std::string> allowed;
  for (const Step& step : kSteps) {
    if (step.from != task.status || !may_take(step, standing)) continue;
    allowed.push_back(pg::enum_tail(v1::TaskStatus_descriptor(), step.to));
  }
  return allowed;
}

Result<void> may_move(const Task& task, const Standing& standing, const Transition& transition) {
  const Step* step = find_step(task.status, transition.to);
  if (step == nullptr) {
    return refused("task_transition_not_allowed", allowed_moves(task, standing));
  }
  if (!may_take(*step, standing)) {
    return forbidden(step->mover == Mover::assignee ? "only_the_assignee" : "only_the_author");
  }
  return check_words(*step, transition);
}

Result<void> may_change(const Task& task, const Standing& standing) {
  if (!standing.author) return forbidden("only_the_author");
  if (!is_open(task.status)) return refused("task_is_finished");
  return {};
}

Result<void> check_due(const v1::Task& task) {
  if (!task.due_on().empty() && !task.due_at().empty()) {
    return invalid_field("due_at", "due_on_or_due_at");
  }
  std::set<std::pair<int, int>> seen;
  for (const auto& reminder : task.reminders()) {
    const bool one = (reminder.days() > 0) != (reminder.minutes() > 0);
    if (!one) return invalid_field("reminders", "days_or_minutes");
    if (reminder.minutes() > 0 && task.due_at().empty()) {
      return invalid_field("reminders", "minutes_need_due_at");
    }
    if (reminder.days() > 0 && task.due_on().empty() && task.due_at().empty()) {
      return invalid_field("reminders", "need_a_due_date");
    }
    if (!seen.insert({reminder.days(), reminder.minutes()}).second) {
      return invalid_field("reminders", "twice_the_same");
    }
  }
  if (task.has_recurrence() && task.due_on().empty() && task.due_at().empty()) {
    return invalid_field("recurrence", "need_a_due_date");
  }
  return {};
}

std::optional<Instant> due_instant(const v1::Task& task) {
  if (const auto at = parse_instant(task.due_at())) return at;
  const auto on = Date::parse(task.due_on());
  if (!on) return std::nullopt;
  const Instant next_day = wall_clock::instant_at(on->plus_days(1), std::chrono::minutes(0));
  return next_day - std::chrono::seconds(1);
}

std::optional<Date> due_day(const v1::Task& task) {
  if (const auto at = parse_instant(task.due_at())) return clock::date_of(*at);
  return Date::parse(task.due_on());
}

}  // namespace bordero::tasks
