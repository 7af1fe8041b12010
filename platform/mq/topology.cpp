#include "platform/mq/topology.hpp"

#include "platform/mq/envelope.hpp"

namespace bordero::mq {
namespace {

// Beyond these the broker refuses, and outboxes wait.
constexpr std::int64_t kMostEvents = 1'000'000;
constexpr std::int64_t kMostParked = 100'000;

}  // namespace

void declare_events(Broker& broker) { broker.declare_exchange(kExchange, "topic"); }

void declare_parking(Broker& broker, const std::string& service) {
  const QueueArguments parking = {
      .texts = {{"x-queue-type", "quorum"}, {"x-overflow", "reject-publish"}},
      .numbers = {{"x-max-length", kMostParked}}};
  broker.declare_exchange(parking_of(service), "fanout");
  broker.declare_queue(parking_of(service), parking);
  broker.bind(parking_of(service), parking_of(service), "");
}

void declare_inlet(Broker& broker, const std::string& queue) {
  broker.declare_exchange(inlet_of(queue), "fanout");
}

void declare_queues(Broker& broker, const std::string& service, const std::string& queue,
                    int delivery_limit) {
  const QueueArguments arguments = {
      .texts = {{"x-queue-type", "quorum"},
                {"x-overflow", "reject-publish"},
                {"x-dead-letter-exchange", parking_of(service)},
                {"x-dead-letter-strategy", "at-least-once"}},
      .numbers = {{"x-delivery-limit", delivery_limit}, {"x-max-length", kMostEvents}},
      .single_active_consumer = true};
  declare_parking(broker, service);
  broker.declare_queue(queue, arguments);
}

void bind_events(Broker& broker, const std::string& service,
                 const std::vector<std::string>& patterns) {
  declare_events(broker);
  broker.declare_exchange(replay_of(service), "fanout");
  broker.bind(queue_of(service), replay_of(service), "");
  for (const auto& pattern : patterns) broker.bind(queue_of(service), kExchange, pattern);
}

void bind_inlet(Broker& broker, const std::string& queue) {
  declare_inlet(broker, queue);
  broker.bind(queue, inlet_of(queue), "");
}

}  // namespace bordero::mq
