#include "services/tasks/src/reminders/due_tasks_rpc.hpp"

#include "platform/reminders/wall_clock.hpp"

namespace bordero::tasks {

awaitable<Result<v1::CountDueTasksReply>> DueTasksRpc::count(
    Context& ctx, const v1::CountDueTasksRequest& request) {
  const auto day = Date::parse(request.on());
  if (!day) co_return invalid_field("on", "not_a_date");
  const std::vector<std::string> people(request.assignee_ids().begin(),
                                        request.assignee_ids().end());
  const Instant begins = wall_clock::instant_at(*day, std::chrono::minutes(0));
  const Instant ends = wall_clock::instant_at(day->plus_days(1), std::chrono::minutes(0));
  CO_TRY(auto tx, co_await db_.read(ctx));
  // A whole day's task is due as its day ends, a timed one within it.
  const auto rows = co_await tx.query(R"sql(
      SELECT t.assignee_id, count(*) FILTER (WHERE t.due >= $2)::integer AS due_today,
             count(*) FILTER (WHERE t.due < $2)::integer AS overdue
        FROM tasks t
       WHERE t.assignee_id = ANY ($1::uuid[]) AND t.is_open AND t.due < $3
         AND EXISTS (SELECT FROM task_access a
                      WHERE a.task_id = t.id AND a.user_id = t.assignee_id)
       GROUP BY t.assignee_id)sql",
                                      people, begins, ends);
  v1::CountDueTasksReply reply;
  for (const pg::Row& row : rows) row.fill(*reply.add_counts());
  co_return reply;
}

}  // namespace bordero::tasks
