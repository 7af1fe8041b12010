#include "services/notifications/src/inbox/notification_rpc.hpp"

#include "bordero/notifications/v1/events.pb.h"
#include "platform/projection/deals.hpp"
#include "services/notifications/src/inbox/notification_store.hpp"
#include "services/notifications/src/inbox/notification_view.hpp"

namespace bordero::notifications {
namespace {

constexpr int kMarkedAtOnce = 1000;
constexpr std::chrono::hours kLatest{24 * 366};

Result<Instant> parse_until(const std::string& text) {
  const auto until = parse_instant(text);
  if (!until) return invalid_field("until", "not_an_instant");
  const Instant now = clock::now();
  if (*until <= now) return invalid_field("until", "must_be_in_the_future");
  if (*until > now + kLatest) return invalid_field("until", "within_a_year");
  return *until;
}

Result<void> check(const v1::MarkReadRequest& request) {
  if (request.all() && request.ids_size() > 0) return invalid_field("all", "not_with_ids");
  if (!request.all() && request.ids_size() == 0) return invalid_field("ids", "required");
  if (!request.all() && !request.filter().empty()) return invalid_field("filter", "only_with_all");
  return {};
}

void publish_read(pg::Transaction& tx, const Context& ctx, const std::vector<std::string>& ids) {
  if (ids.empty()) return;
  v1::NotificationRead event;
  event.set_user_id(ctx.caller.user_id);
  event.mutable_ids()->Assign(ids.begin(), ids.end());
  event.set_at(instant_text(clock::now()));
  mq::publish(tx, ctx, event, about_inbox(ctx.caller.user_id));
}

void publish_updated(pg::Transaction& tx, const Context& ctx, const v1::Notification& before,
                     const v1::Notification& after) {
  v1::NotificationUpdated event;
  *event.mutable_before() = before;
  *event.mutable_after() = after;
  mq::publish(tx, ctx, event, about_notification(ctx.caller.user_id, after.id()));
}

}  // namespace

awaitable<Result<v1::ListNotificationsReply>> NotificationRpc::list(
    Context& ctx, const v1::ListNotificationsRequest& request) {
  const auto left = co_await projection::just_left(redis_, ctx.caller);
  CO_TRY(auto tx, co_await db_.read(ctx));
  const Reader reader{ctx.caller, left};
  co_return co_await list_notifications(tx, reader, request);
}

awaitable<Result<v1::NotificationCounts>> NotificationRpc::count(
    Context& ctx, const v1::CountNotificationsRequest&) {
  const auto left = co_await projection::just_left(redis_, ctx.caller);
  CO_TRY(auto tx, co_await db_.read(ctx));
  const Reader reader{ctx.caller, left};
  co_return co_await count_notifications(tx, reader);
}

awaitable<Result<v1::MarkReadReply>> NotificationRpc::mark_read(
    Context& ctx, const v1::MarkReadRequest& request) {
  CO_TRY_VOID(check(request));
  CO_TRY(auto tx, co_await db_.begin(ctx));
  std::vector<std::string> marked;
  if (request.all()) {
    CO_TRY(marked, co_await mark_found(tx, ctx.caller, request.filter(), kMarkedAtOnce));
  } else {
    const std::vector<std::string> ids(request.ids().begin(), request.ids().end());
    marked = co_await notifications::mark_read(tx, ctx.caller, ids);
  }
  publish_read(tx, ctx, marked);

  v1::MarkReadReply reply;
  reply.mutable_ids()->Assign(marked.begin(), marked.end());
  reply.set_more(request.all() && marked.size() == static_cast<std::size_t>(kMarkedAtOnce));
  CO_TRY_VOID(co_await tx.commit(reply));
  co_return reply;
}

awaitable<Result<v1::Notification>> NotificationRpc::mark_unread(
    Context& ctx, const v1::MarkUnreadRequest& request) {
  CO_TRY(const auto id, parse_id<v1::Notification>(request.notification_id(), "notification_id"));
  const auto left = co_await projection::just_left(redis_, ctx.caller);
  CO_TRY(auto tx, co_await db_.begin(ctx));
  const Reader reader{ctx.caller, left};
  CO_TRY(const auto before, co_await lock_notification(tx, reader, id));
  auto after = before;
  if (!before.read_at().empty()) {
    notifications::mark_unread(tx, id);
    after = co_await view_notification(tx, id);
    publish_updated(tx, ctx, before, after);
  }
  show(after);
  CO_TRY_VOID(co_await tx.commit(after));
  co_return after;
}

awaitable<Result<v1::Notification>> NotificationRpc::remind_later(
    Context& ctx, const v1::RemindLaterRequest& request) {
  CO_TRY(const auto id, parse_id<v1::Notification>(request.notification_id(), "notification_id"));
  CO_TRY(const Instant until, parse_until(request.until()));
  const auto left = co_await projection::just_left(redis_, ctx.caller);
  CO_TRY(auto tx, co_await db_.begin(ctx));
  const Reader reader{ctx.caller, left};
  CO_TRY(const auto before, co_await lock_notification(tx, reader, id));
  put_away(tx, id, until);
  auto after = co_await view_notification(tx, id);
  publish_updated(tx, ctx, before, after);
  show(after);
  CO_TRY_VOID(co_await tx.commit(after));
  co_return after;
}

awaitable<Result<void>> NotificationRpc::still_visible(Context& ctx,
                                                       const std::string& notification_id) {
  CO_TRY(const auto id, parse_id<v1::Notification>(notification_id, "notification_id"));
  const auto left = co_await projection::just_left(redis_, ctx.caller);
  CO_TRY(auto tx, co_await db_.read(ctx));
  const Reader reader{ctx.caller, left};
  CO_TRY_VOID(co_await lock_notification(tx, reader, id));
  co_return Result<void>();
}

}  // namespace bordero::notifications
