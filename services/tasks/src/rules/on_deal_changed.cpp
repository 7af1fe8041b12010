#include "services/tasks/src/rules/on_deal_changed.hpp"

#include "bordero/crm/v1/events.pb.h"
#include "platform/projection/deals.hpp"
#include "services/tasks/src/tasks/task_change.hpp"

namespace bordero::tasks {
namespace {

std::vector<std::string> ids_of(const pg::Rows& rows) {
  std::vector<std::string> ids;
  for (const auto& row : rows) ids.emplace_back(row.text("id"));
  return ids;
}

}  // namespace

awaitable<Result<void>> on_deal_closed(pg::Transaction& tx, Context& ctx, const mq::Event& event) {
  crm::v1::DealClosed message;
  if (!event.parse(message)) co_return invalid("event_not_readable");
  Context acting = ctx;
  acting.caller = system_caller("deal_closed");
  const auto rows =
      co_await tx.query("SELECT id FROM tasks WHERE deal_id = $1 AND is_open", message.deal().id());
  const auto ids = ids_of(rows);
  const auto tasks = co_await lock_tasks(tx, ids);
  const Transition cancelled{.to = v1::TASK_STATUS_CANCELLED, .reason = message.reason()};
  for (const StoredTask& task : tasks) {
    if (!is_open(task.view.status())) continue;
    const v1::Task after = moved(task.view, cancelled);
    co_await change_task(tx, acting, task, after);
  }
  co_return Result<void>();
}

// Whoever sees the deal as it is now keeps their tasks, whatever this event told of.
awaitable<Result<void>> on_deal_team_changed(pg::Transaction& tx, Context& ctx,
                                             const mq::Event& event) {
  CO_TRY(const crm::v1::Deal deal, projection::deal_in(event));
  Context acting = ctx;
  acting.caller = system_caller("deal_team_changed");
  const auto rows = co_await tx.query(R"sql(
      SELECT t.id
        FROM tasks t
        JOIN deals d ON d.id = t.deal_id
       WHERE t.deal_id = $1 AND t.is_open AND t.assignee_id <> d.lead_agent_id
         AND NOT EXISTS (SELECT FROM task_access x
                          WHERE x.task_id = t.id AND x.user_id = t.assignee_id))sql",
                                      deal.id());
  const auto ids = ids_of(rows);
  const auto tasks = co_await lock_tasks(tx, ids);
  for (const StoredTask& task : tasks) {
    if (!is_open(task.view.status())) continue;
    v1::Task after = task.view;
    after.set_assignee_id(task.view.lead_agent_id());
    co_await change_task(tx, acting, task, after);
  }
  co_return Result<void>();
}

}  // namespace bordero::tasks
