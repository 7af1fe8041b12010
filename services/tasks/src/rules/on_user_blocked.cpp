#include "services/tasks/src/rules/on_user_blocked.hpp"

#include "bordero/auth/v1/events.pb.h"
#include "platform/projection/users.hpp"
#include "services/tasks/src/tasks/deal_desk.hpp"
#include "services/tasks/src/tasks/task_change.hpp"

namespace bordero::tasks {
namespace {

// The first who works here and may have the task; with nobody it stays where it is. What stays so
// in a deal passes on when the deal itself does.
awaitable<std::string> heir_of(pg::Transaction& tx, const v1::Task& task,
                               const std::vector<std::string>& candidates) {
  for (const auto& candidate : candidates) {
    if (!Uuid::parse(candidate) || candidate == task.assignee_id()) continue;
    const auto fits = co_await check_assignee(tx, task.deal_id(), candidate);
    if (fits) co_return candidate;
  }
  co_return std::string();
}

}  // namespace

awaitable<Result<void>> on_user_blocked(pg::Transaction& tx, Context& ctx, const mq::Event& event) {
  auth::v1::UserBlocked message;
  if (!event.parse(message)) co_return invalid("event_not_readable");
  const std::string& user_id = message.after().id();
  CO_TRY(const auto id, parse_id<projection::User>(user_id, "id"));
  const auto user = co_await projection::find_user(tx, id);
  if (!user || user->active) co_return Result<void>();  // Unblocked since.

  Context acting = ctx;
  acting.caller = system_caller("user_blocked");
  const auto rows =
      co_await tx.query("SELECT id FROM tasks WHERE assignee_id = $1 AND is_open", user_id);
  std::vector<std::string> ids;
  for (const auto& row : rows) ids.emplace_back(row.text("id"));
  const auto tasks = co_await lock_tasks(tx, ids);
  for (const StoredTask& task : tasks) {
    if (!is_open(task.view.status()) || task.view.assignee_id() != user_id) continue;
    std::vector<std::string> candidates = {message.successor_id()};
    // The deals that they led pass on soon, and their tasks with them to the new lead.
    if (task.view.lead_agent_id() != user_id) {
      candidates.insert(candidates.end(),
                        {task.view.lead_agent_id(), task.view.author_id(), event.meta.actor()});
    }
    v1::Task after = task.view;
    after.set_assignee_id(co_await heir_of(tx, task.view, candidates));
    if (after.assignee_id().empty()) continue;
    co_await change_task(tx, acting, task, after);
  }
  co_return Result<void>();
}

}  // namespace bordero::tasks
