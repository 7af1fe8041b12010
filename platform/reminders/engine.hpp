#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "platform/background/rule.hpp"
#include "platform/background/take_some.hpp"
#include "platform/pg/database.hpp"
#include "platform/reminders/rule.hpp"
#include "platform/reminders/schedule.hpp"
#include "platform/telemetry/metrics.hpp"

// Reminders by the clock, for a service whose records have dates that matter. The service gives its
// rules, links platform/reminders/fired_reminders.sql into its migrations, adds their jobs to its
// background and ReminderRpc for the dry run.
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
// time. A subject that fails is set aside; the others fire.
class Engine {
 public:
  Engine(pg::Database& db, Settings settings, std::vector<Rule> rules, EventOf event);

  // Everything that is due by now; how many fired. Nothing when another instance is at it.
  awaitable<Result<int>> run();

 private:
  struct Batch;

  awaitable<Result<int>> fire(struct Window window, Instant now);
  awaitable<Result<int>> fire_part(const struct Part& part, Window window, Instant now);
  awaitable<Result<void>> fire_batch(pg::Transaction& tx, const Context& ctx, Batch& batch,
                                     background::Portion& portion);
  awaitable<Result<void>> forget(Instant now);

  pg::Database& db_;
  Settings settings_;
  std::vector<Rule> rules_;
  EventOf event_;
  std::optional<Date> done_;
};

// The job of each rule: it runs at once when a day's reminders come due, and each minute for what
// came since.
std::vector<background::Rule> jobs_of(pg::Database& db, const Settings& settings,
                                      const std::vector<Rule>& rules, const EventOf& event);

}  // namespace bordero::reminders
