#include "services/tasks/src/tasks/task_row.hpp"

namespace bordero::tasks {

const char* const kTaskColumns = R"sql(
    t.id, t.number, t.subject, t.description, t.deal_id, d.number AS deal_number,
    d.title AS deal_title, d.lead_agent_id, t.policy_id, t.payment_id, t.status, t.priority,
    t.assignee_id, p.full_name AS assignee_name, t.author_id, u.full_name AS author_name, t.due_on,
    t.due_at, t.reminders, t.result_comment, t.return_comment, t.cancel_reason, t.rule,
    t.recurrence, t.series_id, t.series_first, t.series_on, t.created_at, t.updated_at,
    t.status_changed_at, t.version,
    ARRAY(SELECT x.user_id FROM task_access x WHERE x.task_id = t.id) AS people,
    t.author_id IS NOT NULL AND
      (coalesce(u.status = 'blocked', false) OR NOT EXISTS
        (SELECT FROM task_access x WHERE x.task_id = t.id AND x.user_id = t.author_id))
      AS author_left)sql";
const char* const kTaskJoins = R"sql(
    LEFT JOIN deals d ON d.id = t.deal_id
    LEFT JOIN users p ON p.id = t.assignee_id
    LEFT JOIN users u ON u.id = t.author_id)sql";

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
