#include "platform/mq/parked.hpp"

#include <functional>

#include "platform/base/bytes.hpp"
#include "platform/base/clock.hpp"
#include "platform/mq/envelope.hpp"
#include "platform/mq/topology.hpp"

namespace bordero::mq {
namespace {

constexpr const char* kReason = "parked_reason";
constexpr const char* kTime = "parked_at";
constexpr const char* kQueue = "parked_queue";

// As it first came: without what parking, or the broker, added.
Message original(Message message) {
  std::erase_if(message.headers, [](const auto& header) {
    return header.first.starts_with("x-") || header.first.starts_with("parked_");
  });
  return message;
}

// Parked by us with our reason, or by the broker with its own: rejected, delivery_limit.
std::string reason_of(const Message& message) {
  const auto own = message.header(kReason);
  return std::string(own.empty() ? message.header("x-death-reason") : own);
}

std::string queue_in(const Message& message, const std::string& service) {
  const auto own = message.header(kQueue);
  const auto queue = own.empty() ? message.header("x-first-death-queue") : own;
  return queue.empty() ? queue_of(service) : std::string(queue);
}

// What a parked message is asked for by: its id, or, when it came without one, its content's
// digest.
std::string id_of(const Message& message) {
  const auto own = message.header("cloudEvents:id");
  constexpr std::size_t kDigits = 16;
  return own.empty() ? "body-" + hex(sha256(message.body)).substr(0, kDigits) : std::string(own);
}

// Takes parked events out of the queue as long as `act` is done with them; gives how many. What is
// parked again meanwhile waits for the next time.
int take_parked(Broker& broker, const std::string& service, const std::string& only_id,
                const std::function<bool(const Message&, const std::string& queue)>& act) {
  int taken = 0;
  for (auto left = broker.messages_in(parking_of(service)); left > 0; --left) {
    auto delivery = broker.get(parking_of(service));
    if (!delivery) break;
    const std::string queue = queue_in(delivery->message, service);
    const Message message = original(std::move(delivery->message));
    if (!only_id.empty() && id_of(message) != only_id) continue;
    if (!act(message, queue)) break;
    broker.acknowledge(delivery->tag, false);
    ++taken;
  }
  // Acknowledgements are on their way when the connection is cut, and lost with it; once the broker
  // answers what it was asked after them, it has them.
  if (taken > 0) broker.messages_in(parking_of(service));
  return taken;
}

}  // namespace

Message parked_copy(const Message& message, const std::string& queue, const std::string& reason) {
  Message copy = original(message);
  copy.headers.emplace_back(kQueue, queue);
  copy.headers.emplace_back(kReason, reason);
  copy.headers.emplace_back(kTime, instant_text(clock::now()));
  return copy;
}

std::vector<Consumer::Parked> Consumer::list_parked(const std::string& amqp_url,
                                                    const std::string& service, int limit) {
  Broker broker(amqp_url, service + "-parked");
  declare_parking(broker, service);
  std::vector<Parked> all;
  for (int i = 0; i < limit; ++i) {
    // Not acknowledged: the messages are back in the queue when the connection ends.
    auto delivery = broker.get(parking_of(service));
    if (!delivery) break;
    const std::string reason = reason_of(delivery->message);
    const std::string parked_at(delivery->message.header(kTime));
    const std::string queue = queue_in(delivery->message, service);
    std::string id = id_of(delivery->message);
    Event event = event_of(std::move(delivery->message));
    all.push_back({.id = std::move(id),
                   .type = event.meta.type(),
                   .reason = reason,
                   .parked_at = parked_at,
                   .queue = queue,
                   .body = std::move(event.body)});
  }
  return all;
}

int Consumer::replay_parked(const std::string& amqp_url, const std::string& service,
                            const std::string& only_id) {
  Broker broker(amqp_url, service + "-replay");
  declare_parking(broker, service);
  broker.expect_confirms();
  const auto replay = [&](const Message& message, const std::string& queue) {
    const std::string way = queue == queue_of(service) ? replay_of(service) : inlet_of(queue);
    return broker.publish_and_wait(way, "", message) == Fate::confirmed;
  };
  return take_parked(broker, service, only_id, replay);
}

int Consumer::discard_parked(const std::string& amqp_url, const std::string& service,
                             const std::string& id) {
  ensure(!id.empty(), "what is discarded is named");
  Broker broker(amqp_url, service + "-discard");
  declare_parking(broker, service);
  return take_parked(broker, service, id, [](const Message&, const std::string&) { return true; });
}

}  // namespace bordero::mq
