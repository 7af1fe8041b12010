#pragma once

#include <amqp.h>

#include <chrono>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "platform/base/error.hpp"
#include "platform/mq/wakeup.hpp"

namespace bordero::mq {

// What travels: an id, headers, which are all text, and a body of JSON.
struct Message {
  std::string id;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;

  std::string_view header(std::string_view name) const;  // Empty when absent.
};

// A message that came from a queue, until it is acknowledged.
struct Delivery {
  std::uint64_t tag = 0;
  std::string routing_key;
  std::uint32_t left_in_queue = 0;  // With get().
  Message message;
};

enum class Fate { confirmed, refused, unroutable };

// The arguments of a queue, on top of its name.
struct QueueArguments {
  std::vector<std::pair<std::string, std::string>> texts = {};
  std::vector<std::pair<std::string, std::int64_t>> numbers = {};
  bool single_active_consumer = false;
  bool durable = true;
  bool exclusive = false;
};

// A queue of this name exists with other arguments.
class OtherArguments : public Broken {
 public:
  using Broken::Broken;
};

// One connection with one channel, used by one thread. Blocking, but every wait has a bound. After
// a Broken it is of no use any more.
class Broker {
 public:
  Broker(const std::string& url, const std::string& name);
  Broker(const Broker&) = delete;

  void declare_exchange(const std::string& name, const char* type);
  void declare_queue(const std::string& name, const QueueArguments& arguments);
  void expect_queue(const std::string& name) { messages_in(name); }  // As it is.
  void bind(const std::string& queue, const std::string& exchange, const std::string& key);
  std::uint32_t messages_in(const std::string& queue);
  void delete_queue(const std::string& queue);

  // Publishes are confirmed from here on.
  void expect_confirms();
  // Persistent and mandatory; the number that its fate will be known by.
  std::uint64_t publish(const std::string& exchange, const std::string& key,
                        const Message& message);
  // Publishes and waits for the fate.
  Fate publish_and_wait(const std::string& exchange, const std::string& key,
                        const Message& message);
  std::map<std::uint64_t, Fate> take_fates() { return std::exchange(fates_, {}); }

  void consume(const std::string& queue, int prefetch, bool acknowledges);
  std::deque<Delivery>& deliveries() { return deliveries_; }
  const std::deque<Delivery>& deliveries() const { return deliveries_; }
  std::optional<Delivery> get(const std::string& queue);
  // With `all_before`, everything delivered earlier too.
  void acknowledge(std::uint64_t tag, bool all_before);

  // Reads what came: deliveries, fates, heartbeats. Waits for the first of it, for a wake, or for
  // the time to pass. Heartbeats need a call every second.
  void pump(std::chrono::milliseconds wait, Wakeup& wakeup);

 private:
  void check(const char* what, amqp_rpc_reply_t reply);
  bool read_frame(std::chrono::milliseconds wait);
  void on_method(const amqp_method_t& method);
  void on_deliver(const amqp_basic_deliver_t& deliver);
  void on_return();
  void settle(std::uint64_t number, bool and_before, Fate fate);
  Message read_message();

  // An orderly close would wait for an answer; the broker requeues what is open either way.
  std::unique_ptr<amqp_connection_state_t_, int (*)(amqp_connection_state_t)> owned_;
  amqp_connection_state_t connection_ = owned_.get();
  std::uint64_t published_ = 0;
  std::map<std::uint64_t, std::string> waiting_;  // Message ids by number of the publish.
  std::map<std::uint64_t, Fate> fates_;
  std::deque<Delivery> deliveries_;
};

}  // namespace bordero::mq
