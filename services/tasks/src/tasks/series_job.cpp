#include "services/tasks/src/tasks/series_job.hpp"

#include "platform/background/take_some.hpp"
#include "services/tasks/src/tasks/recurrence.hpp"
#include "services/tasks/src/tasks/task_change.hpp"

namespace bordero::tasks {
namespace {

// Whose day may have come; a cancelled one ended its series.
std::string due_sql() {
  return R"sql(
      SELECT t.id
        FROM tasks t
        LEFT JOIN deals d ON d.id = t.deal_id
       WHERE t.next_on <= $1 AND t.status <> 'cancelled'
         AND coalesce(d.status <> 'closed', true) AND )sql" +
         background::not_set_aside(kContinueSeries, "t.id") + R"sql(
       ORDER BY t.next_on, t.id
       LIMIT $2)sql";
}

// The last task of a series carries it on, and is not looked at any more; one whose next day is
// still to come is looked at then.
awaitable<void> carry_on(pg::Transaction& tx, const Context& ctx, const StoredTask& last) {
  std::optional<Date> next;
  if (last.series && last.view.has_recurrence()) {
    next = next_in_series(last.view.recurrence(), last.series->first, last.series->on);
  }
  const bool due = next && *next <= clock::today();
  if (due) co_await make_next_of_series(tx, ctx, last);
  if (due) next.reset();
  tx.execute("UPDATE tasks SET next_on = $2 WHERE id = $1", last.view.id(), next);
}

awaitable<Result<void>> carry_on_some(pg::Transaction& tx, Context& ctx,
                                      background::Portion& portion) {
  static const std::string sql = due_sql();
  const auto rows = co_await tx.query(sql, clock::today(), portion.limit);
  for (const auto& row : rows) portion.ids.emplace_back(row.text("id"));
  const auto tasks = co_await lock_tasks(tx, portion.ids);
  for (const StoredTask& last : tasks) co_await carry_on(tx, ctx, last);
  co_return Result<void>();
}

}  // namespace

awaitable<Result<bool>> continue_series(pg::Database& db) {
  return background::take_some(db, {.name = kContinueSeries, .actor = "recurring"}, carry_on_some);
}

}  // namespace bordero::tasks
