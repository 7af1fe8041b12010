#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "platform/background/rule.hpp"
#include "platform/mq/mq.hpp"
#include "platform/pg/database.hpp"

// What every service does unasked, in one shape: it sends its events, takes those of others, keeps
// copies of their records, forgets what nobody can ask for any more, and runs its own rules. Each
// rule is a job with a leader, kept in background_jobs and shown by GET /background_jobs.
namespace bordero::background {

struct Settings {
  std::string service;
  std::string pg_dsn;
  std::string amqp_url;
  int pool_size = 4;
  int events_at_once = 1;  // Events that may share a transaction.
  bool required = true;    // Without its database the process is not ready.
};

// The event that tells how the copies agreed with their owners, of the service's own type.
using ComparedEvent =
    std::function<std::unique_ptr<google::protobuf::Message>(common::v1::CopiesComparison)>;
template <class Event>
ComparedEvent compared_event() {
  return [](common::v1::CopiesComparison comparison) {
    auto event = std::make_unique<Event>();
    *event->mutable_comparison() = std::move(comparison);
    return event;
  };
}

// Once per process. Rules, copies and handlers of events are added before the start; what they use
// outlives the stop.
class Work {
 public:
  Work(const asio::any_io_executor& executor, Settings settings);
  ~Work();

  pg::Database& db();
  mq::Consumer& consumer();

  void add(Rule rule);
  void add(std::vector<Rule> rules);
  // The copies, compared nightly and when `bordero reconcile` asks.
  void keep(std::vector<Copy> copies, ComparedEvent event);
  // Whether the copies are whole; outlives this.
  std::shared_ptr<const std::atomic<bool>> copies_filled() const;

  void start();
  // From any thread. A turn that is under way runs to its end, and needs this until then.
  void stop();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// The turns of this process that are under way, of all services: a clean stop waits until there is
// none.
int turns_under_way();

}  // namespace bordero::background
