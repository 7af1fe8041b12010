#include "services/crm/src/deals/on_task_changed.hpp"

#include "bordero/tasks/v1/events.pb.h"
#include "services/crm/src/deals/deal_dates.hpp"
#include "services/crm/src/deals/whose_move.hpp"
#include "services/crm/src/journal/happened.hpp"
#include "services/crm/src/users/user_store.hpp"

namespace bordero::crm {
namespace {

using tasks::v1::Task;

template <class Changed>
Result<Task> task_after(const mq::Event& event) {
  Changed message;
  if (!event.parse(message)) return invalid("event_not_readable");
  return message.after();
}

Result<Task> task_of(const mq::Event& event) {
  const std::string& type = event.meta.type();
  if (type == "tasks.task.assigned") return task_after<tasks::v1::TaskAssigned>(event);
  if (type == "tasks.task.status_changed") return task_after<tasks::v1::TaskStatusChanged>(event);
  if (type == "tasks.task.updated") return task_after<tasks::v1::TaskUpdated>(event);
  tasks::v1::TaskCreated message;
  if (!event.parse(message)) return invalid("event_not_readable");
  return message.task();
}

awaitable<bool> is_newer(pg::Transaction& tx, const Task& task) {
  const int kept = co_await tx.count_of(R"sql(
      INSERT INTO task_versions (task_id, version)
      VALUES ($1, $2)
      ON CONFLICT (task_id) DO UPDATE SET version = EXCLUDED.version
             WHERE task_versions.version < EXCLUDED.version)sql",
                                        task.id(), task.version());
  co_return kept > 0;
}

std::optional<Date> due_date(const Task& task) {
  if (!task.due_on().empty()) return Date::parse(task.due_on());
  const auto at = parse_instant(task.due_at());
  if (!at) return std::nullopt;
  return clock::date_of(*at);
}

awaitable<Role> role_of(pg::Transaction& tx, const std::string& user_id) {
  const auto id = parse_id<User>(user_id, "assignee_id");
  if (!id) co_return Role::none;
  const auto user = co_await find_user(tx, *id, "assignee_id");
  co_return user ? user->role : Role::none;
}

void tell_finish(pg::Transaction& tx, const Context& ctx, const mq::Event& event,
                 const Task& task) {
  const bool finished = task.status() == tasks::v1::TASK_STATUS_DONE ||
                        task.status() == tasks::v1::TASK_STATUS_CANCELLED;
  if (event.meta.type() != "tasks.task.status_changed" || !finished) return;
  Context acting = ctx;
  const auto actor = Uuid::parse(event.meta.actor());
  if (actor) acting.caller = {.user_id = actor->str(), .role = Role::none};
  const bool done = task.status() == tasks::v1::TASK_STATUS_DONE;
  write_happened(tx, acting, task.deal_id(),
                 {.kind = done ? "task_done" : "task_cancelled",
                  .reason = done ? task.result_comment() : task.cancel_reason(),
                  .subject = task.subject(),
                  .subject_id = task.id()});
}

}  // namespace

awaitable<Result<void>> on_task_changed(pg::Transaction& tx, Context& ctx, const mq::Event& event) {
  CO_TRY(const Task task, task_of(event));
  if (task.deal_id().empty()) co_return Result<void>();
  const auto deal =
      co_await tx.find_one("SELECT id FROM deals WHERE id = $1 FOR UPDATE", task.deal_id());
  if (!deal) co_return Result<void>();
  tell_finish(tx, ctx, event, task);
  if (!co_await is_newer(tx, task)) co_return Result<void>();

  const bool open = task.status() == tasks::v1::TASK_STATUS_NEW ||
                    task.status() == tasks::v1::TASK_STATUS_IN_PROGRESS;
  const auto on = due_date(task);
  if (open && on) {
    const Role role = co_await role_of(tx, task.assignee_id());
    set_deal_date(tx, {.deal_id = task.deal_id(),
                       .kind = "task",
                       .subject_id = task.id(),
                       .on = *on,
                       .waiting_on = whose_task(role),
                       .assignee_id = task.assignee_id(),
                       .title = task.subject()});
  } else {
    clear_deal_date(tx, "task", task.deal_id(), task.id());
  }
  refresh_deadlines(tx, {task.deal_id()});
  co_return Result<void>();
}

}  // namespace bordero::crm
