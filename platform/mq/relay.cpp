#include <atomic>
#include <optional>
#include <set>
#include <thread>

#include "platform/base/backoff.hpp"
#include "platform/base/log.hpp"
#include "platform/mq/envelope.hpp"
#include "platform/mq/mq.hpp"
#include "platform/mq/outbox.hpp"
#include "platform/mq/topology.hpp"
#include "platform/telemetry/health.hpp"
#include "platform/telemetry/metrics.hpp"

namespace bordero::mq {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr auto kPoll = 200ms;        // For rows written by other processes.
constexpr auto kLeaderPoll = 500ms;  // For a leader that has gone.
constexpr auto kMeasureEvery = 2s;
constexpr auto kConfirmLimit = 30s;
// So many windows of rows share one read and one delete.
constexpr int kWindows = 4;
// Subjects that could not be sent are tried again together; so many wait apart from the others.
constexpr auto kFirstHold = 500ms;
constexpr auto kLongestHold = 8000ms;
constexpr std::size_t kHeldSubjects = 10'000;

}  // namespace

struct Relay::State {
  Settings settings;
  Wakeup wakeup;
  std::atomic<bool> stopping = false;
  const std::shared_ptr<std::atomic<bool>> connected = telemetry::watch_store("rabbitmq");
  std::optional<Outbox> outbox;
  bool leading = false;
  Backoff pause{100ms, 5000ms};
  // An event that could not be sent holds back its subject's later ones: their order must stay.
  std::set<std::string> held;
  std::set<std::string> inlets;  // Declared on this connection.
  Clock::time_point held_until;
  Backoff hold_time{kFirstHold, kLongestHold};
  Clock::time_point measured;
  telemetry::Gauge pending;
  telemetry::Gauge lag;
  telemetry::Counter published;
  telemetry::Counter unsent;
  std::thread thread;

  explicit State(Settings from);
  void run();
  void serve_database();
  void serve_broker();
  void measure();
  std::size_t send_some(Broker& broker);
  void send_wave(Broker& broker, const std::vector<const Outgoing*>& wave,
                 std::vector<std::int64_t>& confirmed);
  std::uint64_t send(Broker& broker, const Outgoing& row);
  void hold(const Outgoing& row, Fate fate);
};

Relay::State::State(Settings from)
    : settings(std::move(from)),
      pending(telemetry::gauge("bordero_outbox_pending", "Events not yet confirmed by the broker.",
                               {{"service", settings.service}})),
      lag(telemetry::gauge("bordero_outbox_lag_seconds", "Age of the oldest event in the outbox.",
                           {{"service", settings.service}})),
      published(telemetry::counter("bordero_events_published_total",
                                   "Events confirmed by the broker.",
                                   {{"service", settings.service}})),
      unsent(telemetry::counter("bordero_events_unsent_total",
                                "Attempts that the broker returned or refused.",
                                {{"service", settings.service}})) {}

void Relay::State::run() {
  while (!stopping) {
    try {
      serve_database();
    } catch (const std::exception& broken) {
      log::warning("relay has no database",
                   {{"service", settings.service}, {"detail", broken.what()}});
    }
    *connected = false;
    leading = false;
    wakeup.pause(pause.next(), stopping);
  }
}

// One life of the database connection.
void Relay::State::serve_database() {
  outbox.emplace(settings.pg_dsn, settings.service);
  while (!stopping) {
    measure();
    try {
      serve_broker();
    } catch (const OutboxGone&) {
      throw;
    } catch (const Broken& broken) {
      log::warning("relay has no broker",
                   {{"service", settings.service}, {"detail", broken.what()}});
    }
    *connected = false;
    if (std::exchange(leading, false)) outbox->step_down();
    wakeup.pause(pause.next(), stopping);
  }
}

// One life of the broker connection.
void Relay::State::serve_broker() {
  Broker broker(settings.amqp_url, settings.service + "-relay");
  declare_events(broker);
  broker.expect_confirms();
  *connected = true;
  pause.reset();
  held.clear();
  inlets.clear();
  log::info("relay is connected", {{"service", settings.service}});
  while (!stopping) {
    measure();
    if (!leading) leading = outbox->lead();
    if (!leading) {
      broker.pump(kLeaderPoll, wakeup);
    } else if (send_some(broker) == 0) {
      broker.pump(kPoll, wakeup);
    }
  }
}

void Relay::State::measure() {
  if (Clock::now() - measured < kMeasureEvery) return;
  measured = Clock::now();
  const Backlog backlog = outbox->backlog();
  pending.set(backlog.pending);
  lag.set(backlog.lag_seconds);
}

// Sends some rows, in waves that hold one row of each subject: the next leaves when the one before
// it is confirmed. Gives how many rows left the outbox.
std::size_t Relay::State::send_some(Broker& broker) {
  if (!held.empty() && Clock::now() >= held_until) held.clear();
  if (held.size() >= kHeldSubjects) return 0;
  const auto rows = outbox->take(kWindows * settings.window, {held.begin(), held.end()});
  std::vector<const Outgoing*> rest;
  for (const auto& row : rows) rest.push_back(&row);

  std::vector<std::int64_t> confirmed;
  while (!rest.empty() && !stopping) {
    std::vector<const Outgoing*> wave;
    std::vector<const Outgoing*> later;
    std::set<std::string_view> subjects;
    for (const auto* row : rest) {
      if (held.contains(row->subject)) continue;
      (subjects.insert(row->subject).second ? wave : later).push_back(row);
    }
    send_wave(broker, wave, confirmed);
    rest = std::move(later);
  }
  if (held.empty() && !confirmed.empty()) hold_time.reset();
  outbox->remove(confirmed);
  published.add(static_cast<double>(confirmed.size()));
  return confirmed.size();
}

void Relay::State::send_wave(Broker& broker, const std::vector<const Outgoing*>& wave,
                             std::vector<std::int64_t>& confirmed) {
  std::map<std::uint64_t, const Outgoing*> waiting;
  auto next = wave.begin();
  auto limit = Clock::now() + kConfirmLimit;
  while (next != wave.end() || !waiting.empty()) {
    while (next != wave.end() && waiting.size() < static_cast<std::size_t>(settings.window)) {
      waiting.emplace(send(broker, **next), *next);
      ++next;
    }
    if (Clock::now() > limit) throw Broken("the broker confirms nothing");
    broker.pump(1s, wakeup);
    for (const auto& [number, fate] : broker.take_fates()) {
      limit = Clock::now() + kConfirmLimit;
      const auto* const row = waiting.extract(number).mapped();
      if (fate == Fate::confirmed) {
        confirmed.push_back(row->seq);
      } else {
        hold(*row, fate);
      }
    }
  }
}

// The exchange of a queue whose service has not started yet is made here; the message then comes
// back as one that has no queue, and waits.
std::uint64_t Relay::State::send(Broker& broker, const Outgoing& row) {
  if (!row.type.starts_with(kToQueue)) return broker.publish(kExchange, row.type, row.message);
  const std::string queue = row.type.substr(kToQueue.size());
  if (inlets.insert(queue).second) declare_inlet(broker, queue);
  return broker.publish(inlet_of(queue), "", row.message);
}

void Relay::State::hold(const Outgoing& row, Fate fate) {
  unsent.add();
  if (held.empty()) {
    held_until = Clock::now() + hold_time.next();
    log::warning(
        fate == Fate::unroutable ? "events have no queue" : "events are refused",
        {{"service", settings.service}, {"first_type", row.type}, {"event_id", row.message.id}});
  }
  held.insert(row.subject);
}

Relay::Relay(Settings settings) : state_(std::make_unique<State>(std::move(settings))) {
  add_relay(state_->settings.service, state_->wakeup);
  state_->thread = std::thread([state = state_.get()] { state->run(); });
}

Relay::~Relay() {
  remove_relay(state_->settings.service, state_->wakeup);
  state_->stopping = true;
  state_->wakeup.wake();
  state_->thread.join();
}

void Relay::wake() { state_->wakeup.wake(); }

bool Relay::connected() const { return *state_->connected; }

}  // namespace bordero::mq
