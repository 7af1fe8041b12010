#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bordero/tasks/v1/tasks.pb.h"
#include "platform/base/clock.hpp"

namespace bordero::tasks {

// What a part of a typed line was understood as.
struct LinePiece {
  int from = 0;  // In UTF-16 units.
  int to = 0;
  const char* kind = "";  // date, time, assignee, deal, priority or recurrence.
};
// What was not clear: date_ambiguous with the dates it may mean, no_such_date, no_such_time,
// two_dates, two_times, two_assignees, two_deals, subject_missing.
struct LineProblem {
  const char* code = "";
  std::string text;
  std::vector<Date> dates = {};
};

// One typed line as the fields of a task. Whom and which deal it names is for who knows them.
struct TaskLine {
  std::string subject;
  std::optional<Date> date;
  std::optional<int> minutes;  // Of the day.
  v1::TaskPriority priority = v1::TASK_PRIORITY_UNSPECIFIED;
  std::string mention;      // Without its @.
  std::string deal_number;  // Without its #.
  std::optional<v1::Recurrence> recurrence;
  std::vector<LinePiece> pieces;
  std::vector<LineProblem> problems;
};

// Reads «завтра 15:00 @ирина рассчитать КАСКО» and the like, in Russian and English. A time without
// a day is today's, or tomorrow's when it has passed.
TaskLine parse_task_line(std::string_view line, Date today, int minutes_now);

}  // namespace bordero::tasks
