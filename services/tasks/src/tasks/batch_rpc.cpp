#include "services/tasks/src/tasks/batch_rpc.hpp"

#include <set>

#include "platform/json/json.hpp"
#include "platform/projection/deals.hpp"
#include "platform/rpc/patch.hpp"
#include "services/tasks/src/access.hpp"
#include "services/tasks/src/tasks/batch.hpp"
#include "services/tasks/src/tasks/task_change.hpp"
#include "services/tasks/src/tasks/task_view.hpp"

namespace bordero::tasks {

// What is to be done with which tasks, and what an undone batch had found.
struct BatchRpc::Wanted {
  std::vector<v1::BatchItem> items;
  std::map<std::string, v1::Task> before;  // With `undo`.
  std::map<std::string, StoredTask> stored;
};

namespace {

v1::BatchResult refusal(const std::string& id, const Error& error) {
  v1::BatchResult result;
  result.set_id(id);
  result.set_code(error.fields.empty() ? error.reason : error.fields[0].code);
  result.set_status(static_cast<int>(error.kind));
  return result;
}

Result<void> check_items(const v1::BatchTasksRequest& request) {
  std::set<std::string> seen;
  for (const auto& item : request.items()) {
    if (!seen.insert(item.id()).second) return invalid_field("items", "twice_the_same");
  }
  return {};
}

// Statuses are never taken back by a machine, so their batches cannot be returned.
bool can_be_returned(const v1::BatchTasksRequest& request) {
  return request.undo().empty() && request.status() == v1::TASK_STATUS_UNSPECIFIED;
}

std::string save_batch(pg::Transaction& tx, const Context& ctx,
                       const std::vector<v1::Task>& before) {
  std::string items = "[";
  for (const auto& task : before) {
    if (items.size() > 1) items.push_back(',');
    v1::Task kept;
    kept.set_id(task.id());
    kept.set_assignee_id(task.assignee_id());
    kept.set_due_on(task.due_on());
    kept.set_due_at(task.due_at());
    kept.set_priority(task.priority());
    kept.set_version(task.version());
    json::append(items, kept);
  }
  items.push_back(']');
  const std::string id = Uuid::v7().str();
  tx.execute("INSERT INTO task_batches (id, user_id, created_at, items) VALUES ($1, $2, $3, $4)",
             id, ctx.caller.user_id, clock::now(), items);
  return id;
}

// The tasks as the batch found them; it is returned once, by who made it.
awaitable<Result<v1::ListTasksReply>> take_batch(pg::Transaction& tx, const Context& ctx,
                                                 const std::string& id) {
  const auto row = co_await tx.find_one(R"sql(
      UPDATE task_batches SET returned = true
       WHERE id = $1 AND user_id = $2 AND NOT returned
      RETURNING items AS tasks)sql",
                                        id, user_param(ctx.caller));
  if (!row) co_return not_found("batch_not_found");
  co_return row->to<v1::ListTasksReply>();
}

}  // namespace

awaitable<Result<BatchRpc::Wanted>> BatchRpc::wanted_of(Context& ctx, pg::Transaction& tx,
                                                        const v1::BatchTasksRequest& request) {
  Wanted wanted;
  wanted.items.assign(request.items().begin(), request.items().end());
  if (!request.undo().empty()) {
    CO_TRY(const auto kept, co_await take_batch(tx, ctx, request.undo()));
    for (const auto& task : kept.tasks()) {
      v1::BatchItem item;
      item.set_id(task.id());
      wanted.items.push_back(item);
      wanted.before.emplace(task.id(), task);
    }
  }
  std::vector<std::string> ids;
  for (const auto& item : wanted.items) ids.push_back(item.id());
  auto stored = co_await lock_tasks(tx, ids);
  for (auto& one : stored) {
    std::string id = one.view.id();
    wanted.stored.emplace(std::move(id), std::move(one));
  }
  co_return wanted;
}

awaitable<Result<v1::Task>> BatchRpc::decide(const Context& ctx, pg::Transaction& tx,
                                             const v1::BatchTasksRequest& request,
                                             const v1::BatchItem& item, const Wanted& wanted) {
  const auto found = wanted.stored.find(item.id());
  if (found == wanted.stored.end()) co_return not_found("task_not_found");
  const StoredTask& stored = found->second;
  const auto before = wanted.before.find(item.id());
  auto after = before == wanted.before.end()
                   ? with_change(stored, request, ctx.caller, clock::today())
                   : with_return(stored, before->second, ctx.caller);
  if (!after) co_return std::move(after).error();
  const int expected = item.version() > 0 ? item.version() : stored.view.version();
  CO_TRY_VOID(rpc::check_version(stored.view.version(), expected, "task_changed"));
  if (after->assignee_id() != stored.view.assignee_id()) {
    CO_TRY_VOID(co_await check_assignee(tx, after->deal_id(), after->assignee_id()));
  }
  co_return std::move(*after);
}

awaitable<Result<v1::BatchTasksReply>> BatchRpc::batch_tasks(Context& ctx,
                                                             const v1::BatchTasksRequest& request) {
  CO_TRY_VOID(check_batch(request));
  CO_TRY_VOID(check_items(request));
  std::vector<std::string> left;
  if (sees_by_access_alone(ctx.caller.role)) {
    left = co_await projection::just_left(redis_, ctx.caller);
  }
  const std::set<std::string> gone(left.begin(), left.end());
  CO_TRY(auto tx, co_await db_.begin(ctx));
  CO_TRY(Wanted wanted, co_await wanted_of(ctx, tx, request));
  std::erase_if(wanted.stored,
                [&](const auto& entry) { return gone.contains(entry.second.view.deal_id()); });

  v1::BatchTasksReply reply;
  std::vector<v1::Task> changed;
  for (const auto& item : wanted.items) {
    auto after = co_await decide(ctx, tx, request, item, wanted);
    if (!after) {
      *reply.add_results() = refusal(item.id(), after.error());
      continue;
    }
    StoredTask stored = wanted.stored.at(item.id());
    changed.push_back(stored.view);
    if (request.dry_run()) {
      stored.view = *after;
    } else {
      stored = co_await change_task(tx, ctx, stored, *after);
    }
    auto* result = reply.add_results();
    result->set_id(item.id());
    result->set_ok(true);
    *result->mutable_task() = shown(stored, ctx.caller);
  }
  if (request.dry_run()) co_return reply;
  if (!changed.empty() && can_be_returned(request)) {
    reply.set_batch_id(save_batch(tx, ctx, changed));
  }
  CO_TRY_VOID(co_await tx.commit(reply));
  co_return reply;
}

}  // namespace bordero::tasks
