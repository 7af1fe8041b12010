#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "platform/base/job.hpp"
#include "platform/pg/database.hpp"
#include "platform/reminders/rule.hpp"
#include "platform/reminders/schedule.hpp"
#include "platform/telemetry/metrics.hpp"

// Reminders by the clock, for a service whose records have dates that matter. The service gives its
// rules, links platform/reminders/fired_reminders.sql into its migrations, starts a Clock in its
// background and adds ReminderRpc for the dry run.
namespace bordero::reminders {

// The service's own event around a reminder, e.g. crm.reminder.due.
using EventOf = std::function<std::unique_ptr<google::protobuf::Message>(common::v1::Reminder)>;
template <class Event>
EventOf event_of() {
  return [](common::v1::Reminder reminder) {
    auto event = std::make_unique<Event>();
    *event->mutable_reminder() = std::move(reminder);
    return event;
  };
}

struct Settings {
  std::string service;
  std::chrono::minutes at = time_setting();
  // Reminders of one transaction: for each, all that is still to be told is read and sorted.
  int batch = 2000;
};

// Fires what is due: claimed in fired_reminders and published in one transaction, a batch at a
// time.
class Engine {
 public:
  Engine(pg::Database& db, Settings settings, std::vector<Rule> rules, EventOf event);

  // Everything that is due by now; how many fired. Nothing when another instance is at it.
  awaitable<Result<int>> run();

 private:
  struct Batch;

  awaitable<Result<int>> fire(struct Window window, Instant now);
  awaitable<Result<Batch>> fire_batch(const struct Part& part, struct Window window, Instant now,
                                      const struct Place& after);
  awaitable<Result<void>> forget(Instant now);

  pg::Database& db_;
  Settings settings_;
  std::vector<Rule> rules_;
  EventOf event_;
  std::optional<Date> done_;
};

// Runs the engine: at once when a day's reminders come due, and each minute for what came since.
class Clock {
 public:
  Clock(asio::any_io_executor executor, pg::Database& db, Settings settings,
        std::vector<Rule> rules, EventOf event);
  void start() { job_.start(); }
  void stop() { job_.stop(); }

 private:
  awaitable<void> turn();

  std::string service_;
  std::chrono::minutes at_;
  Engine engine_;
  std::optional<Date> done_;
  std::chrono::steady_clock::time_point next_{};
  telemetry::Histogram seconds_;
  Job job_;
};

}  // namespace bordero::reminders
