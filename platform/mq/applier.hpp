#pragma once

#include <atomic>
#include <chrono>
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
    stuck,    // It may pass when tried again, though the database takes what others write.
    down,     // The database takes nothing: no event is to blame.
  };
  Kind kind = Kind::down;
  std::string reason = {};
};

// One transaction's work on the worker's thread, until the consumer's thread takes its outcome.
class Attempt {
 public:
  std::optional<Outcome> take_outcome();
  void end(Outcome outcome);

 private:
  std::mutex guard_;
  std::optional<Outcome> outcome_;
};

// The database's side of a consumer: applies events in a transaction on the worker's thread, while
// the consumer's own thread keeps the connection to the broker alive. Shared by both, since neither
// can wait for the other's end.
class Applier : public std::enable_shared_from_this<Applier> {
 public:
  using Events = std::vector<Event>;

  Applier(const Consumer::Settings& settings, asio::any_io_executor executor,
          pg::Database& database);

  void on(const std::string& pattern, Consumer::Handler handler);
  std::vector<std::string> patterns() const;

  // Starts to apply the events in one transaction of at most so long; `wakeup` tells that the
  // outcome is there.
  std::shared_ptr<Attempt> start(Events events, std::chrono::milliseconds limit);
  // Starts to find out whether the database takes what an event needs: applied or down.
  std::shared_ptr<Attempt> probe();
  void stop() { stopping_ = true; }

  Wakeup wakeup;

 private:
  struct Route {
    std::string pattern;
    Consumer::Handler handler;
  };
  awaitable<void> run(std::shared_ptr<Attempt> attempt, Events events,
                      std::chrono::milliseconds limit);
  awaitable<void> run_probe(std::shared_ptr<Attempt> attempt);
  awaitable<bool> writable();
  awaitable<Outcome> outcome_of(const Events& events, std::chrono::milliseconds limit);
  awaitable<Result<void>> apply(const Events& events, std::chrono::milliseconds limit);
  awaitable<Result<void>> handle(pg::Transaction& tx, const Event& event);
  void end(Attempt& attempt, Outcome outcome);

  std::string service_;
  asio::any_io_executor executor_;
  pg::Database& database_;
  std::vector<Route> routes_;
  std::atomic<bool> stopping_ = false;
  telemetry::Counter applied_;
  telemetry::Counter duplicate_;
};

}  // namespace bordero::mq
