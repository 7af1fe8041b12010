#include "bordero/tasks/v1/background.pb.h"
#include "bordero/tasks/v1/events.pb.h"
#include "platform/background/work.hpp"
#include "platform/projection/copies.hpp"
#include "platform/projection/deals.hpp"
#include "platform/projection/users.hpp"
#include "platform/reminders/engine.hpp"
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

constexpr std::chrono::seconds kMinutesPause{5};
constexpr std::chrono::seconds kSeriesPause{60};

void follow(mq::Consumer& consumer) {
  // The copies come first: what follows reads them.
  projection::follow_users(consumer);
  projection::follow_deals(consumer);
  consumer.on("crm.deal.status_changed", on_deal_moved);
  consumer.on("crm.deal.closed", on_deal_closed);
  consumer.on("crm.deal.team_changed", on_deal_team_changed);
  consumer.on("auth.user.blocked", on_user_blocked);
  consumer.on("crm.reminder.due", on_reminder_due);
  consumer.on("payments.reminder.due", on_reminder_due);
}

}  // namespace

struct Background::Parts {
  background::Work work;
};

Background::Background(asio::any_io_executor executor, const Config& config, rpc::Peers& peers)
    : parts_(new Parts{
          {executor, {.service = "tasks", .pg_dsn = config.pg_dsn, .amqp_url = config.amqp_url}}}) {
  background::Work& work = parts_->work;
  pg::Database& db = work.db();
  follow(work.consumer());
  work.keep({projection::copy_of_users(db, peers, "tasks"),
             projection::copy_of_deals(db, peers, "tasks")},
            background::compared_event<v1::CopiesCompared>());
  work.add(reminders::jobs_of(db, {.service = "tasks"}, task_rules(),
                              reminders::event_of<v1::TaskReminderDue>()));
  work.add({.name = kRemindByTheMinute,
            .step = [&db] { return remind_by_the_minute(db); },
            .period = kMinutesPause});
  work.add({.name = kContinueSeries,
            .step = [&db] { return continue_series(db); },
            .period = kSeriesPause});
}
Background::~Background() = default;

void Background::start() { parts_->work.start(); }
void Background::stop() { parts_->work.stop(); }

}  // namespace bordero::tasks
