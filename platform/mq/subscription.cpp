#include <atomic>
#include <boost/asio/post.hpp>
#include <thread>

#include "platform/base/backoff.hpp"
#include "platform/base/log.hpp"
#include "platform/base/uuid.hpp"
#include "platform/mq/envelope.hpp"
#include "platform/mq/mq.hpp"
#include "platform/mq/topology.hpp"
#include "platform/telemetry/health.hpp"

namespace bordero::mq {
namespace {

using namespace std::chrono_literals;

constexpr auto kTurn = 1000ms;
constexpr int kPrefetch = 1000;
// Events that wait for the worker's thread; beyond it they are dropped, and a gap is told.
constexpr int kWaiting = 10'000;
constexpr std::int64_t kMostInQueue = 10'000;
// What the broker drops because the queue is full leads here, and from here to a queue of ours.
constexpr const char* kLost = ".lost";

}  // namespace

struct Subscription::State {
  // What handlers that are posted to the executor still need when the subscription is gone.
  struct Target {
    asio::any_io_executor executor;
    std::function<void(Event)> on_event;
    std::function<void()> on_gap;
    std::atomic<int> waiting = 0;
    std::atomic<bool> stopping = false;
  };

  std::string amqp_url;
  std::string queue_prefix;
  std::vector<std::string> patterns;
  std::shared_ptr<Target> target = std::make_shared<Target>();
  Wakeup wakeup;
  const std::shared_ptr<std::atomic<bool>> connected = telemetry::watch_store("rabbitmq");
  bool missed = false;  // Since the last gap that was told.
  std::thread thread;

  void run();
  void serve();
  void declare(Broker& broker, const std::string& queue, const std::string& lost);
  void hand_over(Delivery delivery);
  void tell_gap();
};

void Subscription::State::run() {
  Backoff pause(100ms, 5000ms);
  while (!target->stopping) {
    try {
      serve();
    } catch (const std::exception& broken) {
      if (*connected) pause.reset();
      log::warning("subscription has no broker",
                   {{"queue", queue_prefix}, {"detail", broken.what()}});
    }
    *connected = false;
    missed = true;
    wakeup.pause(pause.next(), target->stopping);
  }
}

void Subscription::State::serve() {
  // A new name each time: the broker may not have noticed yet that the last connection is gone.
  const std::string queue = queue_prefix + Uuid::v7().str();
  Broker broker(amqp_url, queue);
  const std::string lost = queue + kLost;
  declare(broker, queue, lost);
  broker.consume(queue, kPrefetch, false);
  broker.consume(lost, kPrefetch, false);
  *connected = true;
  log::info("subscription is connected", {{"queue", queue}});
  while (!target->stopping) {
    if (missed && target->waiting < kWaiting) tell_gap();
    broker.pump(kTurn, wakeup);
    for (auto& delivery : std::exchange(broker.deliveries(), {})) {
      if (delivery.routing_key == lost) {
        missed = true;
      } else {
        hand_over(std::move(delivery));
      }
    }
  }
}

// A queue that is full drops its oldest without a word; dropped into another queue, they are one.
void Subscription::State::declare(Broker& broker, const std::string& queue,
                                  const std::string& lost) {
  QueueArguments gone_with_us = {.texts = {{"x-overflow", "drop-head"}},
                                 .numbers = {{"x-max-length", 1}},
                                 .durable = false,
                                 .exclusive = true};
  broker.declare_exchange(queue_prefix + kLost, "direct");
  broker.declare_queue(lost, gone_with_us);
  broker.bind(lost, queue_prefix + kLost, lost);

  declare_events(broker);
  gone_with_us.numbers = {{"x-max-length", kMostInQueue}};
  gone_with_us.texts.emplace_back("x-dead-letter-exchange", queue_prefix + kLost);
  gone_with_us.texts.emplace_back("x-dead-letter-routing-key", lost);
  broker.declare_queue(queue, gone_with_us);
  for (const auto& pattern : patterns) broker.bind(queue, kExchange, pattern);
}

void Subscription::State::hand_over(Delivery delivery) {
  if (target->waiting >= kWaiting) {
    missed = true;
    return;
  }
  ++target->waiting;
  asio::post(target->executor,
             [target = target, event = event_of(std::move(delivery.message))]() mutable {
               --target->waiting;
               if (!target->stopping) target->on_event(std::move(event));
             });
}

void Subscription::State::tell_gap() {
  missed = false;
  asio::post(target->executor, [target = target] {
    if (!target->stopping) target->on_gap();
  });
}

Subscription::Subscription(std::string amqp_url, std::string queue_prefix,
                           std::vector<std::string> patterns, asio::any_io_executor executor,
                           std::function<void(Event)> on_event, std::function<void()> on_gap)
    : state_(std::make_unique<State>()) {
  state_->amqp_url = std::move(amqp_url);
  state_->queue_prefix = std::move(queue_prefix);
  state_->patterns = std::move(patterns);
  state_->target->executor = std::move(executor);
  state_->target->on_event = std::move(on_event);
  state_->target->on_gap = std::move(on_gap);
  state_->thread = std::thread([state = state_.get()] { state->run(); });
}

Subscription::~Subscription() {
  state_->target->stopping = true;
  state_->wakeup.wake();
  state_->thread.join();
}

bool Subscription::connected() const { return *state_->connected; }

}  // namespace bordero::mq
