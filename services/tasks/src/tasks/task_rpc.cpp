#include "services/tasks/src/tasks/task_rpc.hpp"

#include <algorithm>

#include "platform/projection/deals.hpp"
#include "platform/rpc/patch.hpp"
#include "platform/search/folding.hpp"
#include "services/tasks/src/access.hpp"
#include "services/tasks/src/tasks/task_change.hpp"
#include "services/tasks/src/tasks/task_history.hpp"
#include "services/tasks/src/tasks/task_list.hpp"
#include "services/tasks/src/tasks/task_view.hpp"

namespace bordero::tasks {
namespace {

v1::Task task_from(const v1::CreateTaskRequest& request, const Caller& caller) {
  v1::Task task;
  task.set_subject(request.subject());
  task.set_description(request.description());
  task.set_deal_id(request.deal_id());
  task.set_policy_id(request.policy_id());
  task.set_payment_id(request.payment_id());
  task.set_priority(request.priority());
  task.set_author_id(caller.user_id);
  const bool own = request.assignee_id().empty();
  task.set_assignee_id(own ? caller.user_id : request.assignee_id());
  task.set_due_on(request.due_on());
  task.set_due_at(request.due_at());
  *task.mutable_reminders() = request.reminders();
  if (request.has_recurrence()) *task.mutable_recurrence() = request.recurrence();
  return task;
}

bool names(const google::protobuf::FieldMask& mask, const char* field) {
  return std::find(mask.paths().begin(), mask.paths().end(), field) != mask.paths().end();
}

// A day that is sent alone takes the place of a time, and the other way round.
void replace_due(v1::Task& wanted, const v1::UpdateTaskRequest& request) {
  const bool day = names(request.update_mask(), "due_on") && !request.due_on().empty();
  const bool time = names(request.update_mask(), "due_at") && !request.due_at().empty();
  if (day && !names(request.update_mask(), "due_at")) wanted.clear_due_at();
  if (time && !names(request.update_mask(), "due_on")) wanted.clear_due_on();
}

Result<v1::Task> patched(const v1::Task& task, const v1::UpdateTaskRequest& request) {
  v1::Task wanted = task;
  TRY(rpc::patch(wanted, request, request.update_mask()));
  replace_due(wanted, request);
  // As it is stored, so that the same time said otherwise is no change.
  if (const auto at = parse_instant(wanted.due_at())) wanted.set_due_at(instant_text(*at));
  if (search::is_blank(wanted.subject())) {
    return invalid_field("subject", "required");
  }
  if (wanted.assignee_id().empty()) return invalid_field("assignee_id", "required");
  if (wanted.priority() == v1::TASK_PRIORITY_UNSPECIFIED) {
    wanted.set_priority(v1::TASK_PRIORITY_NORMAL);
  }
  const auto due = check_due(wanted);
  if (!due) return due.error();
  return wanted;
}

}  // namespace

awaitable<Result<v1::ListTasksReply>> TaskRpc::list_tasks(Context& ctx,
                                                          const v1::ListTasksRequest& request) {
  std::vector<std::string> left;
  if (sees_by_access_alone(ctx.caller.role)) {
    left = co_await projection::just_left(redis_, ctx.caller);
  }
  CO_TRY(auto tx, co_await db_.read(ctx));
  co_return co_await list_page_of_tasks(tx, ctx.caller, request, left);
}

awaitable<Result<StoredTask>> TaskRpc::seen_task(Context& ctx, pg::Transaction& tx,
                                                 const std::string& task_id) {
  auto stored = co_await find_task(tx, task_id);
  if (!stored) co_return not_found("task_not_found");
  CO_TRY_VOID(may_touch(ctx.caller, "tasks.read", *stored));
  const bool left = co_await desk_.just_left(ctx.caller, stored->view.deal_id());
  if (left) co_return not_found("task_not_found");
  co_return std::move(*stored);
}

awaitable<Result<v1::Task>> TaskRpc::get_task(Context& ctx, const v1::GetTaskRequest& request) {
  CO_TRY(auto tx, co_await db_.read(ctx));
  CO_TRY(const StoredTask stored, co_await seen_task(ctx, tx, request.task_id()));
  co_return shown(stored, ctx.caller);
}

awaitable<Result<v1::Task>> TaskRpc::create_task(Context& ctx,
                                                 const v1::CreateTaskRequest& request) {
  v1::Task task = task_from(request, ctx.caller);
  CO_TRY_VOID(check_due(task));
  CO_TRY(const Place place, co_await desk_.place_of(ctx, task));
  const bool left = co_await desk_.just_left(ctx.caller, place.deal_id);
  if (left) co_return not_found("deal_not_found");
  CO_TRY(auto tx, co_await db_.begin(ctx));

  CO_TRY_VOID(co_await enter_deal(tx, ctx.caller, place));
  CO_TRY_VOID(co_await check_assignee(tx, place.deal_id, task.assignee_id()));
  task.set_deal_id(place.deal_id);
  const StoredTask made = co_await make_task(tx, ctx, task);
  const v1::Task view = shown(made, ctx.caller);
  CO_TRY_VOID(co_await tx.commit(view));
  co_return view;
}

awaitable<Result<StoredTask>> TaskRpc::own_to_change(Context& ctx, pg::Transaction& tx,
                                                     const std::string& task_id, int version) {
  auto stored = co_await lock_task(tx, task_id);
  if (!stored) co_return not_found("task_not_found");
  CO_TRY_VOID(may_touch(ctx.caller, "tasks.write", *stored));
  CO_TRY_VOID(rpc::check_version(stored->view.version(), version, "task_changed"));
  co_return std::move(*stored);
}

awaitable<Result<v1::Task>> TaskRpc::update_task(Context& ctx,
                                                 const v1::UpdateTaskRequest& request) {
  Place place;
  {
    CO_TRY(auto tx, co_await db_.read(ctx));
    CO_TRY(const StoredTask seen, co_await seen_task(ctx, tx, request.task_id()));
    CO_TRY(v1::Task wanted, patched(seen.view, request));
    // The links of a task were checked when it was made.
    wanted.clear_policy_id();
    wanted.clear_payment_id();
    const bool reassigned = wanted.assignee_id() != seen.view.assignee_id();
    if (reassigned) {
      CO_TRY(place, co_await desk_.place_of(ctx, wanted));
    }
  }
  CO_TRY(auto tx, co_await db_.begin(ctx));

  if (place.fresh) co_await projection::keep_deal(tx, *place.fresh);
  CO_TRY(const StoredTask stored,
         co_await own_to_change(ctx, tx, request.task_id(), request.version()));
  CO_TRY_VOID(may_change(rule_view(stored), standing_of(rule_view(stored), ctx.caller)));
  CO_TRY(const v1::Task wanted, patched(stored.view, request));
  if (wanted.assignee_id() != stored.view.assignee_id()) {
    CO_TRY_VOID(co_await check_assignee(tx, wanted.deal_id(), wanted.assignee_id()));
  }
  const StoredTask changed = co_await change_task(tx, ctx, stored, wanted);
  const v1::Task view = shown(changed, ctx.caller);
  CO_TRY_VOID(co_await tx.commit(view));
  co_return view;
}

awaitable<Result<v1::Task>> TaskRpc::transition_task(Context& ctx,
                                                     const v1::TransitionTaskRequest& request) {
  {
    CO_TRY(auto tx, co_await db_.read(ctx));
    CO_TRY_VOID(co_await seen_task(ctx, tx, request.task_id()));
  }
  CO_TRY(auto tx, co_await db_.begin(ctx));

  CO_TRY(const StoredTask stored,
         co_await own_to_change(ctx, tx, request.task_id(), request.version()));
  const Transition transition{
      .to = request.status(), .comment = request.comment(), .reason = request.reason()};
  const Task task = rule_view(stored);
  CO_TRY_VOID(may_move(task, standing_of(task, ctx.caller), transition));
  const v1::Task after = moved(stored.view, transition);
  const StoredTask changed = co_await change_task(tx, ctx, stored, after);
  const v1::Task view = shown(changed, ctx.caller);
  CO_TRY_VOID(co_await tx.commit(view));
  co_return view;
}

awaitable<Result<v1::ListTaskHistoryReply>> TaskRpc::list_history(
    Context& ctx, const v1::ListTaskHistoryRequest& request) {
  CO_TRY(auto tx, co_await db_.read(ctx));
  CO_TRY_VOID(co_await seen_task(ctx, tx, request.task_id()));
  co_return co_await tasks::list_history(tx, request);
}

awaitable<Result<common::v1::CheckAccessReply>> TaskRpc::check_access(
    Context& ctx, const common::v1::CheckAccessRequest& request) {
  common::v1::CheckAccessReply reply;
  if (request.entity_type() != "task") co_return reply;
  CO_TRY(auto tx, co_await db_.read(ctx));
  const auto seen = co_await seen_task(ctx, tx, request.entity_id());
  if (!seen && seen.error().kind != ErrorKind::not_found) co_return seen.error();
  reply.set_visible(seen.ok());
  co_return reply;
}

awaitable<Result<void>> TaskRpc::still_visible(Context& ctx, const std::string& task_id) {
  CO_TRY(auto tx, co_await db_.read(ctx));
  CO_TRY_VOID(co_await seen_task(ctx, tx, task_id));
  co_return Result<void>();
}

}  // namespace bordero::tasks
