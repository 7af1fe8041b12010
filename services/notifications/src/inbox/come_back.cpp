#include "services/notifications/src/inbox/come_back.hpp"

#include "bordero/notifications/v1/events.pb.h"
#include "services/notifications/src/inbox/notification_store.hpp"
#include "services/notifications/src/inbox/notification_view.hpp"

namespace bordero::notifications {
namespace {

constexpr int kBatch = 100;
constexpr std::chrono::seconds kStepLimit{10};

}  // namespace

awaitable<Result<bool>> come_back(pg::Database& db) {
  Context ctx = system_context("come_back", kStepLimit);
  CO_TRY(auto tx, co_await db.begin(ctx));
  const auto returned = co_await take_back(tx, clock::now(), kBatch);
  for (const Returned& one : returned) {
    v1::NotificationUpdated event;
    *event.mutable_after() = co_await view_notification(tx, one.id);
    *event.mutable_before() = event.after();
    event.mutable_before()->set_later_until(instant_text(one.until));
    mq::publish(tx, ctx, event, about_notification(one.user_id, one.id.str()));
  }
  CO_TRY_VOID(co_await tx.commit());
  co_return returned.size() == static_cast<std::size_t>(kBatch);
}

}  // namespace bordero::notifications
