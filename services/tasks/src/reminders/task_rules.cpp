#include "services/tasks/src/reminders/task_rules.hpp"

#include "platform/base/clock.hpp"

namespace bordero::tasks {
namespace {

std::string zone() { return " AT TIME ZONE '" + clock::time_zone() + "'"; }

// A date's midnight as an instant; and the day of the column `due`.
std::string midnight(const std::string& date) {
  return "((" + date + ")::timestamp" + zone() + ")";
}
std::string due_day() { return "(t.due" + zone() + ")::date"; }

std::string due_within(const std::string& first, const std::string& last) {
  return "t.is_open AND t.due >= " + midnight(first) + " AND t.due < " +
         midnight("(" + last + ")::date + 1");
}

const std::string kColumns =
    ", t.due_known_at AS since, ARRAY(SELECT x.user_id FROM task_access x WHERE x.task_id = t.id) "
    "AS audience_ids, t.deal_id, t.policy_id, t.payment_id, t.subject AS title, d.client_name";

// Nobody is told of a task that they do not see.
std::string told(const std::string& person) {
  return ", ARRAY(SELECT x.user_id FROM task_access x WHERE x.task_id = t.id AND x.user_id = " +
         person + ") AS recipient_ids";
}

const std::string kLongestWarning =
    "coalesce((SELECT max(longest_warning(w.reminders)) FROM tasks w"
    " WHERE w.is_open AND w.reminders <> '[]'), 0)";

std::string from() { return " FROM tasks t LEFT JOIN deals d ON d.id = t.deal_id"; }

// `columns` follow the id, the date and the offset; they end with a FROM of tasks as t.
std::string due(const std::string& columns) {
  const std::string on_the_day = "SELECT t.id AS subject_id, " + due_day() +
                                 " AS base_on, 0 AS offset_days" + columns + " WHERE " +
                                 due_within("$1::date", "$2::date");
  // No task is reminded of earlier than the longest warning before its date.
  const std::string before =
      "SELECT t.id, " + due_day() + ", -r.days" + columns +
      " CROSS JOIN LATERAL (SELECT DISTINCT (j->>'days')::integer AS days"
      " FROM jsonb_array_elements(t.reminders) j WHERE (j->>'days')::integer > 0) r WHERE " +
      "t.reminders <> '[]' AND " + due_within("$1::date", "$2::date + " + kLongestWarning) +
      " AND " + due_day() + " - r.days BETWEEN $1::date AND $2::date";
  return on_the_day + " UNION ALL " + before;
}

std::string due_subjects() { return due(kColumns + told("t.assignee_id") + from()); }
std::string due_dates() { return due(" FROM tasks t"); }

std::string overdue_subjects() {
  return "SELECT t.id AS subject_id, " + due_day() + " AS base_on" + kColumns +
         told(
             "coalesce(CASE WHEN EXISTS (SELECT FROM task_access y WHERE y.task_id = t.id"
             " AND y.user_id = t.author_id) THEN t.author_id END, d.lead_agent_id)") +
         from() + " WHERE " + due_within("$1::date", "$2::date");
}

std::string overdue_dates() {
  return "SELECT t.id AS subject_id, " + due_day() + " AS base_on FROM tasks t WHERE " +
         due_within("$1::date", "$2::date");
}

}  // namespace

std::vector<reminders::Rule> task_rules() {
  const std::vector<std::string> roles = {"head", "admin"};
  return {{.rule = common::v1::REMINDER_RULE_TASK_DUE,
           .subject_type = "task",
           .offsets = {},
           .subjects = due_subjects(),
           .dates = due_dates(),
           .audience_roles = roles},
          {.rule = common::v1::REMINDER_RULE_TASK_OVERDUE,
           .subject_type = "task",
           .offsets = {1},
           .subjects = overdue_subjects(),
           .dates = overdue_dates(),
           .audience_roles = roles}};
}

}  // namespace bordero::tasks
