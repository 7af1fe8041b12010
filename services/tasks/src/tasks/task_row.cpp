#include "services/tasks/src/tasks/task_row.hpp"

namespace bordero::tasks {

// People are looked up row by row: a join of users is read as a whole for each row when the planner
// expects one, and all of task_access is hashed for an EXISTS when it expects many.
const char* const kTaskColumns = R"sql(
    t.id, t.number, t.subject, t.description, t.deal_id, d.number AS deal_number,
    d.title AS deal_title, d.lead_agent_id, t.policy_id, t.payment_id, t.status, t.priority,
    t.assignee_id,
    (SELECT u.full_name FROM users u WHERE u.id = t.assignee_id) AS assignee_name, t.author_id,
    (SELECT u.full_name FROM users u WHERE u.id = t.author_id) AS author_name, t.due_on,
    t.due_at, t.reminders, t.result_comment, t.return_comment, t.cancel_reason, t.rule,
    t.recurrence, t.series_id, t.series_first, t.series_on, t.created_at, t.updated_at,
    t.status_changed_at, t.version,
    ARRAY(SELECT x.user_id FROM task_access x WHERE x.task_id = t.id) AS people,
    t.author_id IS NOT NULL AND
      (coalesce((SELECT u.status FROM users u WHERE u.id = t.author_id) = 'blocked', false) OR
       t.author_id <> ALL (ARRAY(SELECT x.user_id FROM task_access x WHERE x.task_id = t.id)))
      AS author_left)sql";
const char* const kTaskJoins = R"sql(
    LEFT JOIN deals d ON d.id = t.deal_id)sql";

StoredTask stored_of(const pg::Row& row) {
  StoredTask stored;
  stored.view = row.to<v1::Task>();
  stored.people = row.get<std::vector<std::string>>("people");
  stored.author_left = row.get<bool>("author_left");
  if (!row.is_null("series_id")) {
    stored.series = Series{.id = row.get<std::string>("series_id"),
                           .first = row.get<Date>("series_first"),
                           .on = row.get<Date>("series_on")};
  }
  return stored;
}

}  // namespace bordero::tasks
