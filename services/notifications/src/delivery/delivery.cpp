#include "services/notifications/src/delivery/delivery.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <set>

#include "bordero/notifications/v1/events.pb.h"
#include "platform/base/log.hpp"
#include "platform/projection/agency.hpp"
#include "platform/telemetry/metrics.hpp"
#include "services/notifications/src/delivery/delivery_store.hpp"
#include "services/notifications/src/inbox/notification_view.hpp"
#include "services/notifications/src/settings/settings.hpp"

namespace bordero::notifications {
namespace {

using namespace std::chrono_literals;

constexpr auto kStepLimit = 30s;
constexpr auto kFirstPause = 10s;
// What a lease lasts beyond the send: for saying that it was sent.
constexpr auto kLeaseBeyond = 90s;

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

// Nothing is saved when another has settled it meanwhile: the lease was over.
awaitable<Result<void>> settle(pg::Database& db, const Due& due, const Result<void>& sent) {
  Context ctx = system_context("deliver", kStepLimit);
  CO_TRY(auto tx, co_await db.begin(ctx));
  const v1::Delivery delivery = outcome_of(due, sent);
  std::optional<Instant> next;
  if (delivery.state() == v1::DELIVERY_STATE_PENDING) {
    next = clock::now() + *pause_after(delivery.attempts());
  }
  const bool ours = co_await save_delivery(tx, due, delivery, next);
  if (!ours) co_return refused("delivery_settled_elsewhere");
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

awaitable<Result<void>> answer_of(const Channel& channel, const Due& due) {
  try {
    co_return co_await channel.send(due.user_id, due.notification);
  } catch (const std::exception& broken) {
    log::warning("channel is broken", {{"channel", channel.name}, {"detail", broken.what()}});
  }
  co_return unavailable("channel_is_broken");
}

// The channel's answer, or that it gave none in time.
awaitable<Result<void>> send(const Channel& channel, const Due& due) {
  using asio::experimental::awaitable_operators::operator||;
  if (!due.active) co_return forbidden("user_blocked");
  if (!channel.send) co_return unavailable("channel_not_connected");
  asio::steady_timer limit(co_await asio::this_coro::executor, channel.limit);
  auto race = answer_of(channel, due) || limit.async_wait(asio::use_awaitable);
  auto first = co_await std::move(race);
  if (first.index() == 1) co_return unavailable("channel_is_silent");
  co_return std::get<0>(std::move(first));
}

// Takes the delivery that has been due longest, if it may be sent now; it is held until its quiet
// hours end otherwise. Nothing when none is due.
struct Taken {
  Due due;
  bool to_send = false;
};
awaitable<Result<std::optional<Taken>>> take(pg::Database& db, const Channel& channel,
                                             const std::vector<std::string>& all) {
  Context ctx = system_context("deliver", kStepLimit);
  CO_TRY(auto tx, co_await db.begin(ctx));
  const Instant now = clock::now();
  auto due = co_await lock_due(tx, channel.name, all, now);
  if (!due) co_return std::optional<Taken>();
  const auto agency = co_await projection::find_agency(tx);
  if (!agency || !agency->share_names_in_messages()) due->notification.clear_client_name();
  const auto quiet = quiet_until(due->settings, now);
  if (quiet) {
    hold(tx, *due, *quiet);
  } else {
    put_off(tx, *due, now + channel.limit + kLeaseBeyond);
  }
  CO_TRY_VOID(co_await tx.commit());
  co_return Taken{std::move(*due), !quiet};
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

struct Deliverer::State : std::enable_shared_from_this<Deliverer::State> {
  struct Lane {
    Channel channel;
    int running = 0;  // Sends, at most as many as the channel allows.
  };

  State(asio::any_io_executor on, pg::Database& database, const Channels& outer)
      : executor(std::move(on)), db(database), names(names_of(outer)) {
    for (const Channel& channel : outer) lanes.push_back({channel});
    // For deliveries of a channel that is not connected: there is nothing to send them with.
    lanes.push_back({Channel{.name = "", .send = {}, .at_once = 1}});
  }
  void start(Lane& lane);
  awaitable<void> run(Lane& lane);
  awaitable<Result<bool>> deliver_one(Lane& lane);

  asio::any_io_executor executor;
  pg::Database& db;
  const std::vector<std::string> names;
  std::vector<Lane> lanes;
  // What is being sent: a clock that jumps ends leases before their time.
  std::set<std::string> sending;
  bool stopping = false;
};

void Deliverer::State::start(Lane& lane) {
  if (stopping || lane.running >= lane.channel.at_once) return;
  ++lane.running;
  asio::co_spawn(
      executor, [self = shared_from_this(), &lane] { return self->run(lane); }, asio::detached);
}

awaitable<void> Deliverer::State::run(Lane& lane) {
  try {
    for (;;) {
      const auto more = co_await deliver_one(lane);
      if (!more) log::warning("delivery waits", {{"reason", more.error().reason}});
      if (!more || !*more || stopping) break;
    }
  } catch (const std::exception& broken) {
    log::warning("delivery waits", {{"channel", lane.channel.name}, {"detail", broken.what()}});
  }
  --lane.running;
}

// False when nothing is due. Whoever takes one lets another look for the next.
awaitable<Result<bool>> Deliverer::State::deliver_one(Lane& lane) {
  CO_TRY(const auto taken, co_await take(db, lane.channel, names));
  if (!taken || stopping) co_return false;
  const std::string key = taken->due.channel + " " + taken->due.notification.id();
  if (!taken->to_send || !sending.insert(key).second) co_return true;
  start(lane);
  const auto sent = co_await send(lane.channel, taken->due);
  sending.erase(key);
  if (stopping) co_return false;
  CO_TRY_VOID(co_await settle(db, taken->due, sent));
  co_return true;
}

Deliverer::Deliverer(asio::any_io_executor executor, pg::Database& db, const Channels& channels)
    : state_(std::make_shared<State>(std::move(executor), db, channels)) {}

Deliverer::~Deliverer() { state_->stopping = true; }

void Deliverer::start_due() {
  for (State::Lane& lane : state_->lanes) state_->start(lane);
}

}  // namespace bordero::notifications
