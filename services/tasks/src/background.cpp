#include <atomic>

#include "bordero/tasks/v1/events.pb.h"
#include "platform/base/job.hpp"
#include "platform/base/log.hpp"
#include "platform/mq/mq.hpp"
#include "platform/projection/deals.hpp"
#include "platform/projection/users.hpp"
#include "platform/reminders/engine.hpp"
#include "platform/telemetry/health.hpp"
#include "services/tasks/src/reminders/minutes_job.hpp"
#include "services/tasks/src/reminders/task_rules.hpp"
#include "services/tasks/src/rules/on_deal_changed.hpp"
#include "services/tasks/src/rules/on_deal_moved.hpp"
#include "services/tasks/src/rules/on_reminder_due.hpp"
#include "services/tasks/src/rules/on_user_blocked.hpp"
#include "services/tasks/src/service.hpp"
#include "services/tasks/src/tasks/series_job.hpp"

namespace bordero::tasks {
namespace {

constexpr std::chrono::seconds kPause{1};
constexpr std::chrono::seconds kMinutesPause{5};
constexpr std::chrono::seconds kSeriesPause{60};

void tell_failure(const char* job, const Error& error) {
  log::warning("job waits", {{"job", job}, {"reason", error.reason}});
}

}  // namespace

struct Background::Parts {
  Parts(const asio::any_io_executor& executor, const Config& config, rpc::Peers& peers)
      : peers(peers),
        db(executor,
           {.dsn = config.pg_dsn, .pool_size = 4, .application_name = "tasks-background"}),
        relay({.service = "tasks", .pg_dsn = config.pg_dsn, .amqp_url = config.amqp_url}),
        consumer({.service = "tasks", .amqp_url = config.amqp_url}, executor, db),
        clock(executor, db, {.service = "tasks"}, task_rules(),
              reminders::event_of<v1::TaskReminderDue>()),
        copies(executor, "tasks-copies", kPause, [this] { return fill_copies(); }),
        minutes(executor, "tasks-minutes", kMinutesPause, [this] { return remind(); }),
        series(executor, "tasks-series", kSeriesPause, [this] { return repeat(); }) {}

  awaitable<void> fill_copies();
  awaitable<void> remind();
  awaitable<void> repeat();

  rpc::Peers& peers;
  pg::Database db;
  mq::Relay relay;
  mq::Consumer consumer;
  reminders::Clock clock;
  Job copies;
  Job minutes;
  Job series;
  // Outlives this, for who asks about readiness while the process stops.
  std::shared_ptr<std::atomic<bool>> database_up = std::make_shared<std::atomic<bool>>(false);
  bool users_here = false;
  bool deals_here = false;
};

// What happened before this service listened; events tell the rest.
awaitable<void> Background::Parts::fill_copies() {
  const bool up = co_await db.healthy();
  *database_up = up;
  if (!up) co_return;
  if (!users_here) users_here = (co_await projection::import_users(db, peers, "tasks")).ok();
  if (!deals_here) deals_here = (co_await projection::import_deals(db, peers, "tasks")).ok();
}

awaitable<void> Background::Parts::remind() {
  const auto told = co_await remind_by_the_minute(db);
  if (!told) tell_failure("tasks-minutes", told.error());
}

awaitable<void> Background::Parts::repeat() {
  const auto made = co_await continue_series(db);
  if (!made) tell_failure("tasks-series", made.error());
}

Background::Background(asio::any_io_executor executor, const Config& config, rpc::Peers& peers)
    : parts_(std::make_unique<Parts>(executor, config, peers)) {
  // The copies come first: what follows reads them.
  mq::Consumer& consumer = parts_->consumer;
  projection::follow_users(consumer);
  projection::follow_deals(consumer);
  consumer.on("crm.deal.status_changed", on_deal_moved);
  consumer.on("crm.deal.closed", on_deal_closed);
  consumer.on("crm.deal.team_changed", on_deal_team_changed);
  consumer.on("auth.user.blocked", on_user_blocked);
  consumer.on("crm.reminder.due", on_reminder_due);
  consumer.on("payments.reminder.due", on_reminder_due);
}
Background::~Background() = default;

void Background::start() {
  telemetry::add_readiness("tasks_postgres", [up = parts_->database_up] { return up->load(); });
  parts_->consumer.start();
  parts_->clock.start();
  parts_->copies.start();
  parts_->minutes.start();
  parts_->series.start();
}

void Background::stop() {
  parts_->clock.stop();
  parts_->copies.stop();
  parts_->minutes.stop();
  parts_->series.stop();
}

}  // namespace bordero::tasks
