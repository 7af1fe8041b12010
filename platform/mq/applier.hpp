#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "platform/mq/mq.hpp"
#include "platform/mq/wakeup.hpp"
#include "platform/telemetry/metrics.hpp"

namespace bordero::mq {

// What became of events that were given to the handlers.
struct Outcome {
  enum class Kind {
    applied,
    refused,  // For good: with this reason it is parked.
    retry,    // Something that we depend on is down.
  };
  Kind kind = Kind::retry;
  std::string reason = {};
};

// The database's side of a consumer: applies events in a transaction on the worker's thread, while
// the consumer's own thread keeps the connection to the broker alive. Shared by both, since neither
// can wait for the other's end.
class Applier : public std::enable_shared_from_this<Applier> {
 public:
  Applier(const Consumer::Settings& settings, asio::any_io_executor executor,
          pg::Database& database);

  void on(const std::string& pattern, Consumer::Handler handler);
  std::vector<std::string> patterns() const;

  // Starts to apply the events in one transaction; `wakeup` tells that the outcome is there. With
  // `impatient`, an event that breaks while the database is well is refused.
  void start(std::vector<Event> events, bool impatient);
  std::optional<Outcome> take_outcome();
  void stop() { stopping_ = true; }

  Wakeup wakeup;

 private:
  using Events = std::vector<Event>;
  struct Route {
    std::string pattern;
    Consumer::Handler handler;
  };
  awaitable<void> run(Events events, bool impatient);
  awaitable<Outcome> outcome_of(const Events& events, bool impatient);
  awaitable<Result<void>> apply(const Events& events);
  awaitable<Result<void>> handle(pg::Transaction& tx, const Event& event);

  std::string service_;
  asio::any_io_executor executor_;
  pg::Database& database_;
  std::vector<Route> routes_;
  std::atomic<bool> stopping_ = false;
  std::mutex guard_;
  std::optional<Outcome> outcome_;
  telemetry::Counter applied_;
  telemetry::Counter duplicate_;
};

}  // namespace bordero::mq
