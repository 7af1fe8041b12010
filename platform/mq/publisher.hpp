#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "platform/base/async.hpp"
#include "platform/base/result.hpp"
#include "platform/mq/broker.hpp"

namespace bordero::mq {

// Puts messages into named queues without a database, for who must answer a sender only when the
// broker has them. One connection on a thread of its own, many messages on their way at once.
// Shared by the worker threads of a process.
class Publisher {
 public:
  struct Settings {
    std::string service;
    std::string amqp_url;
    std::vector<std::string> queues;  // The only ones that it may be told to publish to.
    int window = 1024;                // On their way to the broker at once.
    int waiting = 10'000;             // In all; beyond it unavailable("publisher_is_busy").
  };
  explicit Publisher(Settings settings);
  ~Publisher();  // Who still waits is told unavailable("publisher_stops").

  // Confirmed, or unavailable: `broker_unavailable`, `queue_refuses`, `queue_is_not_there`,
  // `publish_unconfirmed`. After the last, and when the connection is lost, the message may have
  // arrived all the same: its id tells the receiver.
  awaitable<Result<void>> publish(std::string queue, Message message,
                                  std::chrono::milliseconds limit);
  bool connected() const;

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace bordero::mq
