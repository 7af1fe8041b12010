#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bordero/tasks/v1/tasks.pb.h"
#include "platform/base/clock.hpp"
#include "platform/base/context.hpp"
#include "platform/base/result.hpp"

namespace bordero::tasks {

// What the rules need to know about a task; the full view is v1::Task.
struct Task {
  v1::TaskStatus status = v1::TASK_STATUS_NEW;
  std::string author_id = {};  // Empty when a rule made it.
  std::string assignee_id = {};
  std::string lead_agent_id = {};  // Of its deal.
  bool author_left = false;        // The author sees the deal no longer.
};

// How somebody stands to a task.
struct Standing {
  bool assignee = false;
  bool author = false;
};
// The lead of the deal is the author of what a rule made, and of what its author left behind. An
// admin is both, and so is the system.
Standing standing_of(const Task& task, const Caller& caller);

struct Transition {
  v1::TaskStatus to = v1::TASK_STATUS_UNSPECIFIED;
  std::string comment = {};  // The result, or with a return what is missing.
  std::string reason = {};   // Of a cancellation.
};

bool is_open(v1::TaskStatus status);

// Nothing, or the rule that forbids the step, with the statuses that are allowed.
Result<void> may_move(const Task& task, const Standing& standing, const Transition& transition);
// Where the task may go now, words provided.
std::vector<std::string> allowed_moves(const Task& task, const Standing& standing);
// Whether words, due date, priority, reminders or assignee may be changed.
Result<void> may_change(const Task& task, const Standing& standing);

// When a task is due, and how it says so before: a day or a time, not both; minutes only before a
// time; each reminder once.
Result<void> check_due(const v1::Task& task);
// The instant after which an open task is overdue; none when it is not due at all.
std::optional<Instant> due_instant(const v1::Task& task);
// Its day in the agency's time zone.
std::optional<Date> due_day(const v1::Task& task);

}  // namespace bordero::tasks
