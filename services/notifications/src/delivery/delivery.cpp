#include "services/notifications/src/delivery/delivery.hpp"

#include "bordero/notifications/v1/events.pb.h"
#include "platform/base/log.hpp"
#include "platform/telemetry/metrics.hpp"
#include "services/notifications/src/delivery/delivery_store.hpp"
#include "services/notifications/src/inbox/notification_view.hpp"
#include "services/notifications/src/settings/settings.hpp"

namespace bordero::notifications {
namespace {

using namespace std::chrono_literals;

constexpr int kBatch = 50;
constexpr auto kStepLimit = 30s;
constexpr auto kFirstPause = 10s;
// While it is being sent nobody else takes it; should we stop in between, it comes again.
constexpr auto kLease = 2min;

const Channel* find_channel(const Channels& channels, const std::string& name) {
  for (const Channel& channel : channels) {
    if (channel.name == name) return &channel;
  }
  return nullptr;
}

void count_delivery(const std::string& channel, const std::string& state) {
  telemetry::counter("bordero_notifications_sent_total", "What channels did with notifications.",
                     {{"channel", channel}, {"state", state}})
      .add();
}

// What the answer of a channel makes of a delivery.
v1::Delivery outcome_of(const Due& due, const Result<void>& sent) {
  v1::Delivery delivery;
  delivery.set_channel(due.channel);
  delivery.set_attempts(due.attempts + 1);
  delivery.set_at(instant_text(clock::now()));
  if (sent) {
    delivery.set_state(v1::DELIVERY_STATE_DELIVERED);
    return delivery;
  }
  delivery.set_error(sent.error().reason);
  const bool again = sent.error().kind == ErrorKind::unavailable && pause_after(due.attempts + 1);
  delivery.set_state(again ? v1::DELIVERY_STATE_PENDING : v1::DELIVERY_STATE_FAILED);
  return delivery;
}

template <class Event>
void publish_outcome(pg::Transaction& tx, const Context& ctx, const Due& due,
                     const v1::Delivery& delivery) {
  Event event;
  event.set_notification_id(due.notification.id());
  *event.mutable_delivery() = delivery;
  mq::publish(tx, ctx, event, about_notification(due.user_id, due.notification.id()));
}

awaitable<Result<void>> settle(pg::Database& db, const Due& due, const Result<void>& sent) {
  Context ctx = system_context("deliver", kStepLimit);
  CO_TRY(auto tx, co_await db.begin(ctx));
  const v1::Delivery delivery = outcome_of(due, sent);
  std::optional<Instant> next;
  if (delivery.state() == v1::DELIVERY_STATE_PENDING) {
    next = clock::now() + *pause_after(delivery.attempts());
  }
  save_delivery(tx, due, delivery, next);
  if (delivery.state() == v1::DELIVERY_STATE_DELIVERED) {
    publish_outcome<v1::NotificationDelivered>(tx, ctx, due, delivery);
  } else if (delivery.state() == v1::DELIVERY_STATE_FAILED) {
    log::warning("notification not delivered", {{"notification_id", due.notification.id()},
                                                {"channel", due.channel},
                                                {"reason", delivery.error()}});
    publish_outcome<v1::NotificationFailed>(tx, ctx, due, delivery);
  }
  CO_TRY_VOID(co_await tx.commit());
  count_delivery(due.channel, pg::enum_tail(v1::DeliveryState_descriptor(), delivery.state()));
  co_return Result<void>();
}

awaitable<Result<void>> send(const Channels& channels, const Due& due) {
  if (!due.active) co_return forbidden("user_blocked");
  const Channel* channel = find_channel(channels, due.channel);
  if (channel == nullptr) co_return unavailable("channel_not_connected");
  co_return co_await channel->send(due.user_id, due.notification);
}

// Those to send now, leased; the others are held until their quiet hours end.
awaitable<Result<std::vector<Due>>> lease(pg::Database& db) {
  Context ctx = system_context("deliver", kStepLimit);
  CO_TRY(auto tx, co_await db.begin(ctx));
  const Instant now = clock::now();
  auto due = co_await lock_due(tx, now, kBatch);
  std::vector<Due> to_send;
  for (Due& one : due) {
    const auto quiet = quiet_until(one.settings, now);
    if (quiet) {
      hold(tx, one, *quiet);
    } else {
      put_off(tx, one, now + kLease);
      to_send.push_back(std::move(one));
    }
  }
  CO_TRY_VOID(co_await tx.commit());
  co_return to_send;
}

}  // namespace

std::vector<std::string> names_of(const Channels& channels) {
  std::vector<std::string> names;
  for (const Channel& channel : channels) names.push_back(channel.name);
  return names;
}

std::optional<std::chrono::seconds> pause_after(int attempts) {
  if (attempts >= kMaxAttempts) return std::nullopt;
  return kFirstPause * (1 << (attempts - 1));
}

awaitable<Result<bool>> deliver_some(pg::Database& db, const Channels& channels) {
  CO_TRY(const auto to_send, co_await lease(db));
  for (const Due& due : to_send) {
    const auto sent = co_await send(channels, due);
    CO_TRY_VOID(co_await settle(db, due, sent));
  }
  co_return !to_send.empty();
}

}  // namespace bordero::notifications
