#include "services/tasks/src/templates/template_rpc.hpp"

#include "platform/policy/capability.hpp"
#include "platform/rpc/patch.hpp"
#include "platform/search/folding.hpp"
#include "services/tasks/src/tasks/task.hpp"
#include "services/tasks/src/templates/template_store.hpp"

namespace bordero::tasks {
namespace {

constexpr const char* kMissing = "task_template_not_found";

// The agency's templates are the admin's to change; one's own are one's own.
Result<void> may_edit(const v1::TaskTemplate& of, const Caller& caller) {
  if (of.shared() && caller.role != Role::admin) return forbidden("not_allowed");
  return {};
}
Result<void> may_archive(const v1::TaskTemplate& of, const Caller& caller) {
  TRY(may_edit(of, caller));
  if (!of.code().empty()) return refused("template_used_by_rules");
  return {};
}

Result<void> check(v1::TaskTemplate& of) {
  const auto blank = [](const std::string& text) { return search::is_blank(text); };
  if (blank(of.name())) return invalid_field("name", "required");
  if (blank(of.subject())) return invalid_field("subject", "required");
  if (of.priority() == v1::TASK_PRIORITY_UNSPECIFIED) of.set_priority(v1::TASK_PRIORITY_NORMAL);
  // What is begun from it has to be a task that may be.
  v1::Task begun;
  if (of.has_due_in_days()) begun.set_due_on(clock::today().str());
  *begun.mutable_reminders() = of.reminders();
  return check_due(begun);
}

v1::TaskTemplate shown(v1::TaskTemplate of, const Caller& caller) {
  policy::add_capability(*of.mutable_can(), "update", may_edit(of, caller));
  policy::add_capability(*of.mutable_can(), "archive", may_archive(of, caller));
  return of;
}

}  // namespace

awaitable<Result<v1::ListTemplatesReply>> TemplateRpc::list_templates(
    Context& ctx, const v1::ListTemplatesRequest& request) {
  CO_TRY(auto tx, co_await db_.read(ctx));
  const auto asked = lists::request_of(request);
  CO_TRY(auto page, co_await page_of_templates(tx, ctx.caller, asked));
  v1::ListTemplatesReply reply;
  for (const auto& row : page.rows) {
    *reply.add_task_templates() = shown(row.to<v1::TaskTemplate>(), ctx.caller);
  }
  lists::put_page(page, reply);
  co_return reply;
}

awaitable<Result<v1::TaskTemplate>> TemplateRpc::create_template(
    Context& ctx, const v1::CreateTemplateRequest& request) {
  v1::TaskTemplate made;
  made.set_id(Uuid::v7().str());
  made.set_shared(request.shared());
  made.set_name(request.name());
  made.set_subject(request.subject());
  made.set_description(request.description());
  made.set_priority(request.priority());
  if (request.has_due_in_days()) made.set_due_in_days(request.due_in_days());
  *made.mutable_reminders() = request.reminders();
  made.set_version(1);
  CO_TRY_VOID(may_edit(made, ctx.caller));
  CO_TRY_VOID(check(made));
  CO_TRY(auto tx, co_await db_.begin(ctx));

  insert_template(tx, made, ctx.caller);
  const auto view = shown(made, ctx.caller);
  CO_TRY_VOID(co_await tx.commit(view));
  co_return view;
}

awaitable<Result<v1::TaskTemplate>> TemplateRpc::update_template(
    Context& ctx, const v1::UpdateTemplateRequest& request) {
  CO_TRY(auto tx, co_await db_.begin(ctx));
  auto stored = co_await lock_template(tx, ctx.caller, request.template_id());
  if (!stored) co_return not_found(kMissing);
  CO_TRY_VOID(may_edit(*stored, ctx.caller));
  CO_TRY_VOID(rpc::check_version(stored->version(), request.version(), "task_template_changed"));
  CO_TRY(const auto fields, rpc::patch(*stored, request, request.update_mask()));
  CO_TRY_VOID(check(*stored));
  if (!fields.empty()) {
    save_template(tx, *stored);
    stored->set_version(stored->version() + 1);
  }
  const auto view = shown(*stored, ctx.caller);
  CO_TRY_VOID(co_await tx.commit(view));
  co_return view;
}

awaitable<Result<v1::TaskTemplate>> TemplateRpc::archive_template(
    Context& ctx, const v1::ArchiveTemplateRequest& request) {
  CO_TRY(auto tx, co_await db_.begin(ctx));
  auto stored = co_await lock_template(tx, ctx.caller, request.template_id());
  if (!stored) co_return not_found(kMissing);
  CO_TRY_VOID(may_archive(*stored, ctx.caller));
  CO_TRY_VOID(rpc::check_version(stored->version(), request.version(), "task_template_changed"));
  stored->set_archived(true);
  save_template(tx, *stored);
  stored->set_version(stored->version() + 1);
  const auto view = shown(*stored, ctx.caller);
  CO_TRY_VOID(co_await tx.commit(view));
  co_return view;
}

awaitable<Result<void>> TemplateRpc::still_visible(Context& ctx, const std::string& id) {
  CO_TRY(auto tx, co_await db_.read(ctx));
  const auto found = co_await find_template(tx, ctx.caller, id);
  if (!found) co_return not_found(kMissing);
  co_return Result<void>();
}

}  // namespace bordero::tasks
