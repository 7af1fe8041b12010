#include <atomic>
#include <thread>

#include "platform/base/clock.hpp"
#include "platform/base/log.hpp"
#include "platform/mq/applier.hpp"
#include "platform/mq/envelope.hpp"
#include "platform/mq/parked.hpp"
#include "platform/mq/topology.hpp"
#include "platform/telemetry/health.hpp"

namespace bordero::mq {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr auto kHeartbeatTurn = 1000ms;
constexpr auto kCountEvery = 10s;
// An event that breaks for so long while the database is well is itself the reason.
constexpr auto kPatience = 30s;

}  // namespace

struct Consumer::State {
  Settings settings;
  std::shared_ptr<Applier> applier;
  std::atomic<bool> stopping = false;
  const std::shared_ptr<std::atomic<bool>> connected = telemetry::watch_store("rabbitmq");
  bool as_it_is = false;       // The queue stands with arguments that are not ours.
  std::size_t applying = 0;    // Deliveries at the front that the applier works on.
  bool forgotten = false;      // They belong to a connection that is gone.
  std::size_t one_by_one = 0;  // Deliveries of a batch that failed as a whole.
  Backoff retry_pause{100ms, 5000ms};
  Clock::time_point retry_at;
  Clock::time_point failing_since = Clock::time_point::max();
  Clock::time_point counted;
  telemetry::Counter parked_total;
  telemetry::Gauge parked;
  std::thread thread;

  State(Settings from, asio::any_io_executor executor, pg::Database& database);
  void run();
  void declare(Broker& broker);
  void serve(Broker& broker);
  void start_next(Broker& broker);
  void settle(Broker& broker, const Outcome& outcome);
  void finish(Broker& broker, std::size_t count);
  void park(Broker& broker, const std::string& reason);
  void back_off(const std::string& reason);
  void count_parked(Broker& broker);
  std::chrono::milliseconds turn(Broker& broker) const;
};

Consumer::State::State(Settings from, asio::any_io_executor executor, pg::Database& database)
    : settings(std::move(from)),
      applier(std::make_shared<Applier>(settings, std::move(executor), database)),
      parked_total(telemetry::counter("bordero_events_parked_total", "Events parked.",
                                      {{"service", settings.service}})),
      parked(telemetry::gauge("bordero_events_parked", "Events that wait for an operator.",
                              {{"service", settings.service}})) {
  settings.prefetch = std::max(settings.prefetch, 2 * settings.batch);
}

void Consumer::State::run() {
  Backoff pause(100ms, 5000ms);
  while (!stopping) {
    try {
      Broker broker(settings.amqp_url, settings.service + "-consumer");
      declare(broker);
      bind_consumer(broker, settings.service, applier->patterns());
      broker.expect_confirms();
      broker.consume(queue_of(settings.service), settings.prefetch, true);
      *connected = true;
      pause.reset();
      log::info("consumer is connected", {{"service", settings.service}});
      serve(broker);
    } catch (const OtherArguments& different) {
      // Made under another setting. Its arguments cannot change, and its events must not be lost.
      as_it_is = true;
      log::error("queue keeps the limits it was made with",
                 {{"service", settings.service}, {"detail", different.what()}});
    } catch (const std::exception& broken) {
      as_it_is = false;
      log::warning("consumer has no broker",
                   {{"service", settings.service}, {"detail", broken.what()}});
    }
    *connected = false;
    one_by_one = 0;
    forgotten = applying > 0;
    applier->wakeup.pause(pause.next(), stopping);
  }
}

void Consumer::State::declare(Broker& broker) {
  if (as_it_is) {
    broker.expect_queue(queue_of(settings.service));
  } else {
    declare_queues(broker, settings.service, settings.delivery_limit);
  }
}

void Consumer::State::serve(Broker& broker) {
  while (!stopping) {
    broker.pump(turn(broker), applier->wakeup);
    if (applying > 0) {
      const auto outcome = applier->take_outcome();
      if (!outcome) continue;
      // The broker delivers what is forgotten again, and the inbox knows what was done.
      if (!forgotten) settle(broker, *outcome);
      applying = 0;
      forgotten = false;
    }
    count_parked(broker);
    if (!broker.deliveries().empty() && Clock::now() >= retry_at) start_next(broker);
  }
}

std::chrono::milliseconds Consumer::State::turn(Broker& broker) const {
  if (applying > 0 || broker.deliveries().empty()) return kHeartbeatTurn;
  const auto pause =
      std::chrono::duration_cast<std::chrono::milliseconds>(retry_at - Clock::now()) + 1ms;
  return std::clamp<std::chrono::milliseconds>(pause, 0ms, kHeartbeatTurn);
}

void Consumer::State::start_next(Broker& broker) {
  const auto& deliveries = broker.deliveries();
  const std::size_t most = one_by_one > 0 ? 1 : static_cast<std::size_t>(settings.batch);
  applying = std::min(most, deliveries.size());
  std::vector<Event> events;
  for (std::size_t i = 0; i < applying; ++i) events.push_back(event_of(deliveries[i].message));
  const bool impatient = failing_since < Clock::now() - kPatience;
  applier->start(std::move(events), impatient);
}

void Consumer::State::settle(Broker& broker, const Outcome& outcome) {
  switch (outcome.kind) {
    case Outcome::Kind::applied:
      return finish(broker, applying);
    case Outcome::Kind::retry:
      return back_off(outcome.reason);
    case Outcome::Kind::refused:
      break;
  }
  if (applying > 1) {
    one_by_one = applying;
  } else {
    park(broker, outcome.reason);
  }
}

void Consumer::State::finish(Broker& broker, std::size_t count) {
  auto& deliveries = broker.deliveries();
  broker.acknowledge(deliveries[count - 1].tag, true);
  deliveries.erase(deliveries.begin(), deliveries.begin() + static_cast<std::ptrdiff_t>(count));
  one_by_one -= std::min(one_by_one, count);
  retry_pause.reset();
  failing_since = Clock::time_point::max();
}

void Consumer::State::park(Broker& broker, const std::string& reason) {
  const Message& message = broker.deliveries().front().message;
  const auto fate =
      broker.publish_and_wait(parking_of(settings.service), "", parked_copy(message, reason));
  if (fate != Fate::confirmed) return back_off("parking_refused");
  log::error("event is parked", {{"service", settings.service},
                                 {"event_id", message.header("cloudEvents:id")},
                                 {"type", message.header("cloudEvents:type")},
                                 {"traceparent", message.header("traceparent")},
                                 {"reason", reason}});
  parked_total.add();
  counted = {};
  finish(broker, 1);
}

// The delivery is held: giving it back would spend one of its attempts.
void Consumer::State::back_off(const std::string& reason) {
  if (failing_since == Clock::time_point::max()) failing_since = Clock::now();
  const auto pause = retry_pause.next();
  retry_at = Clock::now() + pause;
  log::warning("consumer waits", {{"service", settings.service},
                                  {"reason", reason},
                                  {"pause_ms", static_cast<std::int64_t>(pause.count())}});
}

void Consumer::State::count_parked(Broker& broker) {
  if (Clock::now() - counted < kCountEvery) return;
  counted = Clock::now();
  parked.set(broker.messages_in(parking_of(settings.service)));
}

Consumer::Consumer(Settings settings, asio::any_io_executor executor, pg::Database& database)
    : state_(std::make_unique<State>(std::move(settings), std::move(executor), database)) {}

Consumer::~Consumer() {
  state_->stopping = true;
  state_->applier->stop();
  state_->applier->wakeup.wake();
  if (state_->thread.joinable()) state_->thread.join();
}

void Consumer::on(const std::string& type_pattern, Handler handler) {
  ensure(!state_->thread.joinable(), "handlers are added before the start");
  state_->applier->on(type_pattern, std::move(handler));
}

void Consumer::start() {
  state_->thread = std::thread([state = state_.get()] { state->run(); });
}

bool Consumer::connected() const { return *state_->connected; }

}  // namespace bordero::mq
