#pragma once

#include <google/protobuf/message.h>

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "bordero/common/v1/common.pb.h"
#include "platform/base/async.hpp"
#include "platform/base/context.hpp"
#include "platform/pg/database.hpp"

namespace bordero::mq {

// What an event says besides its message: about which record, at which version, and who may see it.
struct About {
  std::string entity_type;  // deal, client, user, …
  std::string entity_id;
  int version = 0;
  std::vector<std::string> audience_users = {};
  std::vector<std::string> audience_roles = {};
};

// Writes the event to the outbox in this transaction and wakes the relay after its commit. The type
// is the message's (bordero.event) option. The body is our JSON of the message.
void publish(pg::Transaction& tx, const Context& context, const google::protobuf::Message& event,
             const About& about);

// An event as it arrives. `body` is JSON; `parse` reads it into the message declared for the type.
struct Event {
  common::v1::EventMeta meta;
  std::string body;
  std::string traceparent;
  int deliveries = 0;

  // False when the body is not of this message; the consumer then parks it.
  bool parse(google::protobuf::Message& message) const;
};

// Sends outbox rows to the exchange bordero.events and marks each after its confirm. One leader per
// service by advisory lock; its own thread with its own connections.
class Relay {
 public:
  struct Settings {
    std::string service;
    std::string pg_dsn;
    std::string amqp_url;
    int window = 256;
  };
  explicit Relay(Settings settings);
  ~Relay();     // Stops and joins.
  void wake();  // From any thread; also reached by publish() of the same process.
  bool connected() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// Takes events from `<service>.events`, or messages from a queue that the contract names, and
// applies each once: inbox row and effect in one transaction.
class Consumer {
 public:
  struct Settings {
    std::string service;  // Queues <service>.events and <service>.dead.
    std::string amqp_url;
    // Another queue of the service than that of its events; what it cannot apply is parked alike.
    std::string queue = {};
    // How many deliveries are held at once. Answers share the broker's writes to disk: with 32 a
    // third fewer events are applied in a second.
    int prefetch = 64;
    int delivery_limit = 10;
    // Up to so many events share a transaction, in order; when one fails, they go one by one.
    int batch = 1;
    std::chrono::milliseconds patience{20'000};
  };
  // Handlers run on the database's worker thread. An Error of theirs of any kind but `unavailable`
  // parks the event with its reason. After `unavailable` and Broken the event is set aside and
  // tried again, while others pass it, but none of its own subject; when it still fails after
  // `patience`, it is parked. While the database is down nothing is parked, and nothing is taken.
  using Handler = std::function<awaitable<Result<void>>(pg::Transaction&, Context&, const Event&)>;

  Consumer(Settings settings, asio::any_io_executor executor, pg::Database& database);
  ~Consumer();
  void on(const std::string& type_pattern, Handler handler);  // "crm.deal.closed" or "#".
  // Nothing is taken before this holds. Asked from the consumer's own thread.
  void take_when(std::function<bool()> ready);
  void start();
  bool connected() const;

  // Parked events, for operators.
  struct Parked {
    std::string id;
    std::string type;
    std::string reason;
    std::string parked_at;
    std::string queue;  // That it came from, and goes back to.
    std::string body;
  };
  static std::vector<Parked> list_parked(const std::string& amqp_url, const std::string& service,
                                         int limit);
  // Puts parked events back into the queues they came from under the same ids; returns how many.
  static int replay_parked(const std::string& amqp_url, const std::string& service,
                           const std::string& only_id);
  // Forgets one parked event; how many that were, 0 or 1.
  static int discard_parked(const std::string& amqp_url, const std::string& service,
                            const std::string& id);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// A private queue of one process, lost with it: the gateway's live stream.
class Subscription {
 public:
  // `on_event` runs on the executor's thread; `on_gap` after every reconnect, since events may have
  // been missed.
  Subscription(std::string amqp_url, std::string queue_prefix, std::vector<std::string> patterns,
               asio::any_io_executor executor, std::function<void(Event)> on_event,
               std::function<void()> on_gap);
  ~Subscription();
  bool connected() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace bordero::mq
