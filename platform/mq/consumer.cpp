#include <atomic>
#include <thread>

#include "platform/base/backoff.hpp"
#include "platform/base/log.hpp"
#include "platform/mq/applier.hpp"
#include "platform/mq/intake.hpp"
#include "platform/mq/topology.hpp"
#include "platform/telemetry/health.hpp"

namespace bordero::mq {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr auto kHeartbeatTurn = 1000ms;

Consumer::Settings completed(Consumer::Settings settings) {
  settings.prefetch = std::max(settings.prefetch, 2 * settings.batch);
  if (settings.queue.empty()) settings.queue = queue_of(settings.service);
  return settings;
}

}  // namespace

struct Consumer::State {
  const Settings settings;
  std::shared_ptr<Applier> applier;
  Intake intake;
  std::function<bool()> ready = [] { return true; };
  std::atomic<bool> stopping = false;
  // Watched from the start on: a consumer that nothing was given to do needs no broker.
  std::shared_ptr<std::atomic<bool>> connected = std::make_shared<std::atomic<bool>>(false);
  bool as_it_is = false;  // The queue stands with arguments that are not ours.
  std::thread thread;

  State(Settings from, asio::any_io_executor executor, pg::Database& database)
      : settings(completed(std::move(from))),
        applier(std::make_shared<Applier>(settings, std::move(executor), database)),
        intake(settings, *applier) {}
  void run();
  void declare(Broker& broker);
  void wait_for_database(Broker& broker);
  bool database_takes(Broker& broker);
  void rest(Broker& broker, std::chrono::milliseconds length);
  void serve(Broker& broker);
};

void Consumer::State::run() {
  Backoff pause(100ms, 5000ms);
  while (!stopping) {
    try {
      Broker broker(settings.amqp_url, settings.service + "-consumer");
      declare(broker);
      broker.expect_confirms();
      *connected = true;
      pause.reset();
      log::info("consumer is connected",
                {{"service", settings.service}, {"queue", settings.queue}});
      wait_for_database(broker);
      if (!stopping) serve(broker);
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
    intake.forget();
    applier->wakeup.pause(pause.next(), stopping);
  }
}

void Consumer::State::declare(Broker& broker) {
  if (as_it_is) {
    broker.expect_queue(settings.queue);
  } else {
    declare_queues(broker, settings.service, settings.queue, settings.delivery_limit);
  }
  if (settings.queue == queue_of(settings.service)) {
    bind_events(broker, settings.service, applier->patterns());
  } else {
    bind_inlet(broker, settings.queue);
  }
}

// Every loss of a connection or process spends an attempt of what it holds, and there may be more
// of them than attempts while the database is away. So nothing is taken before it is there.
void Consumer::State::wait_for_database(Broker& broker) {
  Backoff pause(100ms, 2000ms);
  while (!stopping && !(ready() && database_takes(broker))) rest(broker, pause.next());
}

bool Consumer::State::database_takes(Broker& broker) {
  const auto probe = applier->probe();
  while (!stopping) {
    if (const auto outcome = probe->take_outcome()) {
      return outcome->kind == Outcome::Kind::applied;
    }
    broker.pump(kHeartbeatTurn, applier->wakeup);
  }
  return false;
}

void Consumer::State::rest(Broker& broker, std::chrono::milliseconds length) {
  const auto end = Clock::now() + length;
  while (!stopping && Clock::now() < end) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now());
    broker.pump(std::min<std::chrono::milliseconds>(left, kHeartbeatTurn), applier->wakeup);
  }
}

void Consumer::State::serve(Broker& broker) {
  broker.consume(settings.queue, settings.prefetch, true);
  while (!stopping) {
    broker.pump(intake.pause(), applier->wakeup);
    intake.turn(broker);
  }
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

void Consumer::take_when(std::function<bool()> ready) { state_->ready = std::move(ready); }

void Consumer::start() {
  state_->connected = telemetry::watch_store("rabbitmq");
  state_->thread = std::thread([state = state_.get()] { state->run(); });
}

bool Consumer::connected() const { return *state_->connected; }

}  // namespace bordero::mq
