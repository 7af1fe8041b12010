#include "services/tasks/src/tasks/series_job.hpp"

#include "services/tasks/src/tasks/recurrence.hpp"
#include "services/tasks/src/tasks/task_change.hpp"

namespace bordero::tasks {
namespace {

constexpr std::chrono::seconds kLimit{20};
constexpr int kAtOnce = 200;

bool its_day_has_come(const StoredTask& last) {
  if (!last.series || !last.view.has_recurrence()) return false;
  const auto next = next_in_series(last.view.recurrence(), last.series->first, last.series->on);
  return next && *next <= clock::today();
}

}  // namespace

// The last task of each series carries it on; a cancelled one ended it.
awaitable<Result<int>> continue_series(pg::Database& db) {
  Context ctx = system_context("recurring", kLimit);
  CO_TRY(auto tx, co_await db.begin(ctx));
  const auto rows = co_await tx.query(R"sql(
      SELECT t.id
        FROM tasks t
        LEFT JOIN deals d ON d.id = t.deal_id
       WHERE t.recurrence->>'start' = 'on_date' AND t.recurrence IS NOT NULL
         AND t.series_on < $1 AND t.status <> 'cancelled'
         AND coalesce(t.recurrence->>'until', '9999') > t.series_on::text
         AND coalesce(d.status <> 'closed', true)
         AND NOT EXISTS (SELECT FROM tasks later
                          WHERE later.series_id = t.series_id AND later.series_on > t.series_on)
       ORDER BY t.series_on, t.id
       LIMIT $2)sql",
                                      clock::today(), kAtOnce);
  std::vector<std::string> ids;
  for (const auto& row : rows) ids.emplace_back(row.text("id"));
  const auto tasks = co_await lock_tasks(tx, ids);
  int made = 0;
  for (const StoredTask& last : tasks) {
    if (!its_day_has_come(last)) continue;
    co_await make_next_of_series(tx, ctx, last);
    ++made;
  }
  CO_TRY_VOID(co_await tx.commit());
  co_return made;
}

}  // namespace bordero::tasks
