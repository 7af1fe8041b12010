#include "platform/mq/intake.hpp"

#include <algorithm>
#include <set>
#include <string_view>

#include "platform/base/log.hpp"
#include "platform/mq/envelope.hpp"
#include "platform/mq/parked.hpp"
#include "platform/mq/topology.hpp"

namespace bordero::mq {
namespace {

using namespace std::chrono_literals;

constexpr auto kLongestTurn = 1000ms;
constexpr auto kCountEvery = 10s;
// Others wait behind the front for two of these at most: the batch, and the event alone.
constexpr auto kMainLimit = 1500ms;
constexpr std::chrono::milliseconds kAsideLimit = 15s;
constexpr int kAsidesAtOnce = 2;

std::deque<Delivery>::iterator find_delivery(std::deque<Delivery>& deliveries, std::uint64_t tag) {
  const auto found = std::find_if(deliveries.begin(), deliveries.end(),
                                  [&](const Delivery& one) { return one.tag == tag; });
  ensure(found != deliveries.end(), "what is settled was delivered");
  return found;
}

std::string_view subject_of(const Delivery& delivery) {
  return delivery.message.header("cloudEvents:subject");
}

}  // namespace

Intake::Intake(const Consumer::Settings& settings, Applier& applier)
    : settings_(settings),
      applier_(applier),
      parked_total_(telemetry::counter("bordero_events_parked_total", "Events parked.",
                                       {{"service", settings.service}})),
      parked_(telemetry::gauge("bordero_events_parked", "Events that wait for an operator.",
                               {{"service", settings.service}})),
      aside_(telemetry::gauge("bordero_events_aside", "Events that failed and are tried again.",
                              {{"service", settings.service}, {"queue", settings.queue}})) {}

void Intake::turn(Broker& broker) {
  settle_main(broker);
  settle_asides(broker);
  count(broker);
  start_main(broker);
  start_asides(broker);
}

std::chrono::milliseconds Intake::pause() const {
  const auto now = Clock::now();
  auto until = now + kLongestTurn;
  if (!main_ && retry_at_ > now) until = std::min(until, retry_at_);
  for (const auto& [tag, aside] : asides_) {
    if (!aside.attempt && aside.retry_at > now) until = std::min(until, aside.retry_at);
  }
  return std::chrono::ceil<std::chrono::milliseconds>(until - now);
}

void Intake::forget() {
  asides_.clear();
  main_tags_.clear();
  one_by_one_ = 0;
  aside_.set(0);
}

void Intake::settle_main(Broker& broker) {
  if (!main_) return;
  const auto outcome = main_->take_outcome();
  if (!outcome) return;
  main_.reset();
  const Tags tags = std::exchange(main_tags_, {});
  if (tags.empty()) return;
  switch (outcome->kind) {
    case Outcome::Kind::applied:
      return finish(broker, tags);
    case Outcome::Kind::down:
      return back_off(outcome->reason);
    case Outcome::Kind::refused:
    case Outcome::Kind::stuck:
      break;
  }
  if (tags.size() > 1) {
    one_by_one_ = static_cast<int>(tags.size());
    return;
  }
  const bool parked =
      outcome->kind == Outcome::Kind::refused && park(broker, tags.front(), outcome->reason);
  if (!parked) set_aside(broker, tags.front(), outcome->reason);
}

void Intake::settle_asides(Broker& broker) {
  std::vector<std::pair<std::uint64_t, Outcome>> ended;
  for (auto& [tag, aside] : asides_) {
    if (!aside.attempt) continue;
    auto outcome = aside.attempt->take_outcome();
    if (!outcome) continue;
    aside.attempt.reset();
    ended.emplace_back(tag, std::move(*outcome));
  }
  for (const auto& [tag, outcome] : ended) settle_aside(broker, tag, outcome);
}

void Intake::settle_aside(Broker& broker, std::uint64_t tag, const Outcome& outcome) {
  Aside& aside = asides_.at(tag);
  aside.retry_at = Clock::now() + aside.pause.next();
  switch (outcome.kind) {
    case Outcome::Kind::applied:
      return finish(broker, {tag});
    case Outcome::Kind::down:
      // Its time counts while the database is well.
      aside.since = Clock::now();
      return;
    case Outcome::Kind::stuck:
      if (Clock::now() - aside.since < settings_.patience) return;
      break;
    case Outcome::Kind::refused:
      break;
  }
  park(broker, tag, outcome.reason);
}

Intake::Tags Intake::next_for_main(const Broker& broker) const {
  std::set<std::string_view> held_back;
  for (const auto& [tag, aside] : asides_) held_back.insert(aside.subject);
  const std::size_t most = one_by_one_ > 0 ? 1 : static_cast<std::size_t>(settings_.batch);
  Tags tags;
  for (const Delivery& delivery : broker.deliveries()) {
    if (tags.size() == most) break;
    if (asides_.contains(delivery.tag)) continue;
    const auto subject = subject_of(delivery);
    if (subject.empty() || !held_back.contains(subject)) tags.push_back(delivery.tag);
  }
  return tags;
}

void Intake::start_main(Broker& broker) {
  if (main_ || Clock::now() < retry_at_) return;
  main_tags_ = next_for_main(broker);
  if (main_tags_.empty()) return;
  Applier::Events events;
  for (const auto tag : main_tags_) {
    events.push_back(event_of(find_delivery(broker.deliveries(), tag)->message));
  }
  main_ = applier_.start(std::move(events), kMainLimit);
}

void Intake::start_asides(Broker& broker) {
  auto running = std::count_if(asides_.begin(), asides_.end(),
                               [](const auto& one) { return one.second.attempt != nullptr; });
  for (auto& [tag, aside] : asides_) {
    if (running >= kAsidesAtOnce) return;
    if (aside.attempt || Clock::now() < aside.retry_at) continue;
    Event event = event_of(find_delivery(broker.deliveries(), tag)->message);
    aside.attempt = applier_.start({std::move(event)}, std::min(kAsideLimit, settings_.patience));
    ++running;
  }
}

void Intake::set_aside(Broker& broker, std::uint64_t tag, const std::string& reason) {
  const auto delivery = find_delivery(broker.deliveries(), tag);
  Aside& aside =
      asides_.emplace(tag, Aside{.subject = std::string(subject_of(*delivery))}).first->second;
  aside.retry_at = Clock::now() + aside.pause.next();
  one_by_one_ -= std::min(one_by_one_, 1);
  aside_.set(static_cast<double>(asides_.size()));
  log::warning("event is set aside", {{"service", settings_.service},
                                      {"event_id", delivery->message.header("cloudEvents:id")},
                                      {"type", delivery->message.header("cloudEvents:type")},
                                      {"reason", reason}});
}

bool Intake::park(Broker& broker, std::uint64_t tag, const std::string& reason) {
  const Message message = find_delivery(broker.deliveries(), tag)->message;
  const auto fate = broker.publish_and_wait(parking_of(settings_.service), "",
                                            parked_copy(message, settings_.queue, reason));
  if (fate != Fate::confirmed) {
    log::error("event cannot be parked",
               {{"service", settings_.service}, {"event_id", message.header("cloudEvents:id")}});
    return false;
  }
  log::error("event is parked", {{"service", settings_.service},
                                 {"event_id", message.header("cloudEvents:id")},
                                 {"type", message.header("cloudEvents:type")},
                                 {"traceparent", message.header("traceparent")},
                                 {"reason", reason}});
  parked_total_.add();
  counted_ = {};
  finish(broker, {tag});
  return true;
}

void Intake::finish(Broker& broker, const Tags& tags) {
  auto& deliveries = broker.deliveries();
  const auto front = std::min(tags.size(), deliveries.size());
  const bool in_front = std::equal(tags.begin(), tags.end(), deliveries.begin(),
                                   deliveries.begin() + static_cast<std::ptrdiff_t>(front),
                                   [](auto tag, const auto& one) { return one.tag == tag; });
  if (in_front) {
    broker.acknowledge(tags.back(), true);
    deliveries.erase(deliveries.begin(), deliveries.begin() + static_cast<std::ptrdiff_t>(front));
  } else {
    for (const auto tag : tags) {
      broker.acknowledge(tag, false);
      deliveries.erase(find_delivery(deliveries, tag));
    }
  }
  for (const auto tag : tags) {
    if (asides_.erase(tag) == 0) one_by_one_ -= std::min(one_by_one_, 1);
  }
  aside_.set(static_cast<double>(asides_.size()));
  down_pause_.reset();
}

// The deliveries are held: giving them back would spend one of their attempts, and as long as they
// are held no others come.
void Intake::back_off(const std::string& reason) {
  const auto pause = down_pause_.next();
  retry_at_ = Clock::now() + pause;
  log::warning("consumer waits", {{"service", settings_.service},
                                  {"reason", reason},
                                  {"pause_ms", static_cast<std::int64_t>(pause.count())}});
}

void Intake::count(Broker& broker) {
  if (Clock::now() - counted_ < kCountEvery) return;
  counted_ = Clock::now();
  parked_.set(broker.messages_in(parking_of(settings_.service)));
}

}  // namespace bordero::mq
