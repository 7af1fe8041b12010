#include "platform/mq/publisher.hpp"

#include <algorithm>
#include <atomic>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <deque>
#include <limits>
#include <map>
#include <mutex>
#include <optional>
#include <thread>

#include "platform/base/backoff.hpp"
#include "platform/base/log.hpp"
#include "platform/mq/topology.hpp"
#include "platform/telemetry/health.hpp"
#include "platform/telemetry/metrics.hpp"

namespace bordero::mq {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr auto kTurn = 1000ms;
constexpr auto kConfirmLimit = 30s;

Result<void> result_of(Fate fate) {
  switch (fate) {
    case Fate::confirmed:
      return {};
    case Fate::refused:
      return unavailable("queue_refuses", 5);
    case Fate::unroutable:
      return unavailable("queue_is_not_there", 5);
  }
  return unavailable("publish_unconfirmed");
}

// A message on its way. The waiting coroutine and the publisher's thread share it; the timer is the
// coroutine's and touched on its executor alone.
struct Parcel {
  Parcel(const asio::any_io_executor& executor, Clock::time_point until)
      : deadline(until), timer(executor, until) {}

  std::string queue;
  Message message;
  Clock::time_point deadline;
  asio::steady_timer timer;
  std::optional<Result<void>> result;  // Set on the timer's executor.
};
using ParcelPtr = std::shared_ptr<Parcel>;

void tell(const ParcelPtr& parcel, Result<void> result) {
  asio::post(parcel->timer.get_executor(), [parcel, result = std::move(result)]() mutable {
    parcel->result = std::move(result);
    parcel->timer.cancel();
  });
}

}  // namespace

struct Publisher::State {
  Settings settings;
  Wakeup wakeup;
  std::atomic<bool> stopping = false;
  const std::shared_ptr<std::atomic<bool>> connected = telemetry::watch_store("rabbitmq");
  std::mutex guard;
  std::deque<ParcelPtr> waiting;
  std::map<std::uint64_t, ParcelPtr> sent;  // On the thread alone.
  std::atomic<int> open = 0;
  Clock::time_point heard;  // From the broker, or nothing was owed.
  telemetry::Counter confirmed;
  telemetry::Counter failed;
  std::thread thread;

  explicit State(Settings from)
      : settings(std::move(from)),
        confirmed(telemetry::counter("bordero_messages_published_total",
                                     "Messages put into named queues, by what became of them.",
                                     {{"service", settings.service}, {"fate", "confirmed"}})),
        failed(telemetry::counter("bordero_messages_published_total",
                                  "Messages put into named queues, by what became of them.",
                                  {{"service", settings.service}, {"fate", "failed"}})) {}
  void run();
  void serve();
  void send_waiting(Broker& broker);
  void take_fates(Broker& broker);
  void end(const ParcelPtr& parcel, Result<void> result);
  void fail_all(const Error& error);
};

void Publisher::State::run() {
  Backoff pause(100ms, 2000ms);
  while (!stopping) {
    try {
      serve();
    } catch (const std::exception& broken) {
      if (*connected) pause.reset();
      log::warning("publisher has no broker",
                   {{"service", settings.service}, {"detail", broken.what()}});
    }
    *connected = false;
    fail_all(unavailable("broker_unavailable", 2));
    wakeup.pause(pause.next(), stopping);
  }
  fail_all(unavailable("publisher_stops", 2));
}

void Publisher::State::serve() {
  Broker broker(settings.amqp_url, settings.service + "-publisher");
  // The queue's own service declares its exchange alike; whoever comes first makes it.
  for (const auto& queue : settings.queues) declare_inlet(broker, queue);
  broker.expect_confirms();
  *connected = true;
  log::info("publisher is connected", {{"service", settings.service}});
  heard = Clock::now();
  while (!stopping) {
    send_waiting(broker);
    broker.pump(kTurn, wakeup);
    take_fates(broker);
    if (sent.empty()) heard = Clock::now();
    if (Clock::now() - heard > kConfirmLimit) throw Broken("the broker confirms nothing");
  }
}

void Publisher::State::send_waiting(Broker& broker) {
  for (;;) {
    ParcelPtr parcel;
    {
      const std::lock_guard lock(guard);
      if (waiting.empty() || sent.size() >= static_cast<std::size_t>(settings.window)) return;
      parcel = std::move(waiting.front());
      waiting.pop_front();
    }
    if (Clock::now() >= parcel->deadline) {
      end(parcel, unavailable("publish_unconfirmed"));
      continue;
    }
    // Known before it is sent, so that a connection that breaks meanwhile fails it with the others.
    const auto place = sent.emplace(std::numeric_limits<std::uint64_t>::max(), parcel).first;
    const auto number = broker.publish(inlet_of(parcel->queue), "", parcel->message);
    sent.erase(place);
    sent.emplace(number, std::move(parcel));
  }
}

void Publisher::State::take_fates(Broker& broker) {
  for (const auto& [number, fate] : broker.take_fates()) {
    heard = Clock::now();
    const auto found = sent.find(number);
    if (found == sent.end()) continue;
    end(found->second, result_of(fate));
    sent.erase(found);
  }
}

void Publisher::State::end(const ParcelPtr& parcel, Result<void> result) {
  (result ? confirmed : failed).add();
  --open;
  tell(parcel, std::move(result));
}

void Publisher::State::fail_all(const Error& error) {
  std::deque<ParcelPtr> left;
  {
    const std::lock_guard lock(guard);
    left.swap(waiting);
  }
  for (auto& [number, parcel] : std::exchange(sent, {})) end(parcel, error);
  for (const auto& parcel : left) end(parcel, error);
}

Publisher::Publisher(Settings settings) : state_(std::make_shared<State>(std::move(settings))) {
  state_->thread = std::thread([state = state_.get()] { state->run(); });
}

Publisher::~Publisher() {
  state_->stopping = true;
  state_->wakeup.wake();
  state_->thread.join();
}

awaitable<Result<void>> Publisher::publish(std::string queue, Message message,
                                           std::chrono::milliseconds limit) {
  const auto state = state_;
  const auto& known = state->settings.queues;
  ensure(std::find(known.begin(), known.end(), queue) != known.end(),
         "a publisher is told its queues before it publishes");
  if (!*state->connected) co_return unavailable("broker_unavailable", 2);
  if (state->open.fetch_add(1) >= state->settings.waiting) {
    --state->open;
    co_return unavailable("publisher_is_busy", 2);
  }
  const auto executor = co_await asio::this_coro::executor;
  const auto parcel = std::make_shared<Parcel>(executor, Clock::now() + limit);
  parcel->queue = std::move(queue);
  parcel->message = std::move(message);
  {
    const std::lock_guard lock(state->guard);
    state->waiting.push_back(parcel);
  }
  state->wakeup.wake();
  constexpr auto kTuple = asio::as_tuple(asio::use_awaitable);
  co_await parcel->timer.async_wait(kTuple);
  if (!parcel->result) co_return unavailable("publish_unconfirmed");
  co_return std::move(*parcel->result);
}

bool Publisher::connected() const { return *state_->connected; }

}  // namespace bordero::mq
