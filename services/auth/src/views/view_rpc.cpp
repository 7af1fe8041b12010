#include "services/auth/src/views/view_rpc.hpp"

#include "bordero/auth/v1/events.pb.h"
#include "platform/mq/mq.hpp"
#include "platform/policy/capability.hpp"
#include "platform/rpc/patch.hpp"
#include "services/auth/src/views/view_store.hpp"

namespace bordero::auth {
namespace {

void show_view(v1::View& view, const Caller& caller) {
  const auto change = may_change(view, caller);
  policy::add_capability(*view.mutable_can(), "update", change);
  policy::add_capability(*view.mutable_can(), "delete", change);
}

// Shared views everybody sees, personal ones their author.
mq::About about_view(const v1::View& view) {
  mq::About about{.entity_type = "view", .entity_id = view.id(), .version = view.version()};
  if (view.scope() == v1::VIEW_SCOPE_SHARED) {
    about.audience_roles = {"agent", "executor", "finance", "head", "admin"};
  } else {
    about.audience_users = {view.author_id()};
  }
  return about;
}

v1::View view_of(const v1::CreateViewRequest& request, const std::string& author_id) {
  v1::View view;
  view.set_id(ViewId::make().str());
  view.set_author_id(author_id);
  view.set_resource(request.resource());
  view.set_name(request.name());
  view.set_scope(request.scope());
  view.set_filter(request.filter());
  view.set_order_by(request.order_by());
  view.set_group_by(request.group_by());
  *view.mutable_columns() = request.columns();
  view.set_layout(request.layout());
  view.set_q(request.q());
  return view;
}

}  // namespace

awaitable<Result<v1::ListViewsReply>> ViewRpc::list_views(Context& context,
                                                          const v1::ListViewsRequest& request) {
  CO_TRY(auto tx, co_await db_.read(context));
  const auto asked = lists::request_of(request);
  CO_TRY(auto page, co_await view_page(tx, context.caller, asked));
  v1::ListViewsReply reply;
  for (const pg::Row& row : page.rows) {
    auto& view = *reply.add_views();
    row.fill(view);
    show_view(view, context.caller);
  }
  put_page(page, reply);
  co_return reply;
}

awaitable<Result<v1::View>> ViewRpc::get_view(Context& context, const v1::GetViewRequest& request) {
  CO_TRY(const auto id, parse_id<v1::View>(request.view_id(), "view_id"));
  CO_TRY(auto tx, co_await db_.read(context));
  CO_TRY(auto view, co_await find_view(tx, id, context.caller.user_id));
  show_view(view, context.caller);
  co_return view;
}

awaitable<Result<v1::View>> ViewRpc::create_view(Context& context,
                                                 const v1::CreateViewRequest& request) {
  CO_TRY(const auto author, parse_id<v1::User>(context.caller.user_id, "user_id"));
  v1::View view = view_of(request, author.str());
  complete_view(view);
  CO_TRY_VOID(check_view(view));
  CO_TRY(const auto id, parse_id<v1::View>(view.id(), "id"));
  CO_TRY(auto tx, co_await db_.begin(context));

  const int kept = co_await lock_view_count(tx, author);
  if (kept >= kMaxViews) co_return refused("too_many_views");
  insert_view(tx, view);
  CO_TRY(view, co_await find_view(tx, id, context.caller.user_id));
  v1::ViewCreated event;
  *event.mutable_view() = view;
  mq::publish(tx, context, event, about_view(view));
  show_view(view, context.caller);
  CO_TRY_VOID(co_await tx.commit(view));
  co_return view;
}

awaitable<Result<v1::View>> ViewRpc::update_view(Context& context,
                                                 const v1::UpdateViewRequest& request) {
  CO_TRY(const auto id, parse_id<v1::View>(request.view_id(), "view_id"));
  CO_TRY(auto tx, co_await db_.begin(context));

  CO_TRY(const auto before, co_await lock_view(tx, id, context.caller.user_id));
  CO_TRY_VOID(may_change(before, context.caller));
  CO_TRY_VOID(rpc::check_version(before.version(), request.version(), "view_changed"));
  v1::View after = before;
  CO_TRY(const auto fields, rpc::patch(after, request, request.update_mask()));
  complete_view(after);
  CO_TRY_VOID(check_view(after));
  if (!fields.empty()) {
    save_view(tx, after);
    // As its author: an admin who makes it personal again no longer sees it.
    CO_TRY(after, co_await find_view(tx, id, before.author_id()));
    v1::ViewUpdated event;
    *event.mutable_before() = before;
    *event.mutable_after() = after;
    mq::publish(tx, context, event, about_view(after));
  }
  show_view(after, context.caller);
  CO_TRY_VOID(co_await tx.commit(after));
  co_return after;
}

awaitable<Result<common::v1::Empty>> ViewRpc::delete_view(Context& context,
                                                          const v1::DeleteViewRequest& request) {
  CO_TRY(const auto id, parse_id<v1::View>(request.view_id(), "view_id"));
  CO_TRY(auto tx, co_await db_.begin(context));

  CO_TRY(auto view, co_await lock_view(tx, id, context.caller.user_id));
  CO_TRY_VOID(may_change(view, context.caller));
  auth::delete_view(tx, view);
  v1::ViewDeleted event;
  *event.mutable_view() = view;
  view.set_version(view.version() + 1);
  mq::publish(tx, context, event, about_view(view));
  CO_TRY_VOID(co_await tx.commit());
  co_return common::v1::Empty();
}

awaitable<Result<void>> ViewRpc::still_visible(Context& context, const std::string& view_id) {
  CO_TRY(const auto id, parse_id<v1::View>(view_id, "view_id"));
  CO_TRY(auto tx, co_await db_.read(context));
  CO_TRY_VOID(co_await find_view(tx, id, context.caller.user_id));
  co_return Result<void>{};
}

}  // namespace bordero::auth
