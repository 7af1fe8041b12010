#include "services/tasks/src/reminders/count_due.hpp"

#include "platform/reminders/wall_clock.hpp"

namespace bordero::tasks {

awaitable<pg::Rows> count_due(pg::Transaction& tx, const std::vector<std::string>& people,
                              Date on) {
  const Instant begins = wall_clock::instant_at(on, std::chrono::minutes(0));
  const Instant ends = wall_clock::instant_at(on.plus_days(1), std::chrono::minutes(0));
  // A whole day's task is due as its day ends, a timed one within it.
  co_return co_await tx.query(R"sql(
      SELECT t.assignee_id AS user_id, 'task' AS kind, count(*)::integer AS count,
             count(*) FILTER (WHERE t.due < $2)::integer AS overdue
        FROM tasks t
       WHERE t.assignee_id = ANY ($1::uuid[]) AND t.is_open AND t.due < $3
         AND EXISTS (SELECT FROM task_access a
                      WHERE a.task_id = t.id AND a.user_id = t.assignee_id)
       GROUP BY t.assignee_id)sql",
                              people, begins, ends);
}

}  // namespace bordero::tasks
