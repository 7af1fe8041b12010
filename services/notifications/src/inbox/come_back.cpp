#include "services/notifications/src/inbox/come_back.hpp"

#include "bordero/notifications/v1/events.pb.h"
#include "platform/background/take_some.hpp"
#include "services/notifications/src/inbox/notification_store.hpp"
#include "services/notifications/src/inbox/notification_view.hpp"

namespace bordero::notifications {
namespace {

constexpr int kBatch = 100;
constexpr std::chrono::seconds kStepLimit{10};

awaitable<Result<void>> show_again(pg::Transaction& tx, Context& ctx,
                                   background::Portion& portion) {
  const auto returned = co_await take_back(tx, clock::now(), portion.limit);
  for (const Returned& one : returned) portion.ids.push_back(one.id.str());
  for (const Returned& one : returned) {
    v1::NotificationUpdated event;
    *event.mutable_after() = co_await view_notification(tx, one.id);
    *event.mutable_before() = event.after();
    event.mutable_before()->set_later_until(instant_text(one.until));
    mq::publish(tx, ctx, event, about_notification(one.user_id, one.id.str()));
  }
  co_return Result<void>();
}

}  // namespace

awaitable<Result<bool>> come_back(pg::Database& db) {
  return background::take_some(db, {.name = kComeBack, .at_once = kBatch, .limit = kStepLimit},
                               show_again);
}

}  // namespace bordero::notifications
