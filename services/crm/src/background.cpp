#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <atomic>

#include "bordero/crm/v1/events.pb.h"
#include "platform/base/log.hpp"
#include "platform/mq/mq.hpp"
#include "platform/projection/users.hpp"
#include "platform/redis/client.hpp"
#include "platform/reminders/engine.hpp"
#include "platform/telemetry/health.hpp"
#include "services/crm/src/calculations/expiry_job.hpp"
#include "services/crm/src/clients/inactivity_job.hpp"
#include "services/crm/src/deals/on_payment_changed.hpp"
#include "services/crm/src/deals/on_task_changed.hpp"
#include "services/crm/src/policies/policy_clock.hpp"
#include "services/crm/src/reminders/crm_rules.hpp"
#include "services/crm/src/service.hpp"
#include "services/crm/src/users/handover_job.hpp"
#include "services/crm/src/users/on_user_changed.hpp"

namespace bordero::crm {
namespace {

constexpr std::chrono::seconds kPause{1};

mq::Relay::Settings relay_settings(const Config& config) {
  return {.service = "crm", .pg_dsn = config.pg_dsn, .amqp_url = config.amqp_url};
}
mq::Consumer::Settings consumer_settings(const Config& config) {
  return {.service = "crm", .amqp_url = config.amqp_url};
}

}  // namespace

struct Background::Parts {
  Parts(const asio::any_io_executor& on, const Config& config, rpc::Peers& peers)
      : executor(on),
        peers(peers),
        notice_days(config.renewal_notice_days),
        db(on, {.dsn = config.pg_dsn, .pool_size = 4, .application_name = "crm-background"}),
        redis(on, config.redis_url),
        relay(relay_settings(config)),
        consumer(consumer_settings(config), on, db),
        clock(on, db, {.service = "crm"}, crm_rules(), reminders::event_of<v1::CrmReminderDue>()),
        timer(on) {}

  awaitable<void> run();
  awaitable<bool> step();

  asio::any_io_executor executor;
  rpc::Peers& peers;
  int notice_days;
  pg::Database db;
  redis::Client redis;
  mq::Relay relay;
  mq::Consumer consumer;
  reminders::Clock clock;
  asio::steady_timer timer;
  // Outlives this, for who asks about readiness while the process stops.
  std::shared_ptr<std::atomic<bool>> database_up = std::make_shared<std::atomic<bool>>(false);
  bool imported = false;
  bool stopping = false;
};

// One round of the jobs; true when there is more to do at once.
awaitable<bool> Background::Parts::step() {
  bool more = false;
  try {
    const bool up = co_await db.healthy();
    *database_up = up;
    if (up && !imported) imported = (co_await projection::import_users(db, peers, "crm")).ok();
    if (up) {
      const auto some = co_await hand_over_some(db, redis);
      const auto expired = co_await expire_some(db);
      const auto advanced = co_await advance_policies(db, notice_days);
      const auto retired = co_await retire_clients(db);
      more = (some && *some) || (expired && *expired) || (advanced && *advanced) ||
             (retired && *retired);
    }
  } catch (const std::exception& failed) {
    log::warning("background step failed", {{"error", failed.what()}});
  }
  co_return more;
}

awaitable<void> Background::Parts::run() {
  while (!stopping) {
    const bool more = co_await step();
    if (more || stopping) continue;
    timer.expires_after(kPause);
    boost::system::error_code cut_short;
    co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, cut_short));
  }
}

Background::Background(asio::any_io_executor executor, const Config& config, rpc::Peers& peers)
    : parts_(std::make_unique<Parts>(executor, config, peers)) {
  for (const char* type :
       {"auth.user.created", "auth.user.updated", "auth.user.unblocked", "auth.role.changed"}) {
    parts_->consumer.on(type, on_user_changed);
  }
  parts_->consumer.on("auth.user.blocked", on_user_blocked);
  for (const char* type : {"payments.payment.planned", "payments.payment.updated",
                           "payments.payment.status_changed"}) {
    parts_->consumer.on(type, on_payment_changed);
  }
  for (const char* type : {"tasks.task.created", "tasks.task.assigned", "tasks.task.status_changed",
                           "tasks.task.updated"}) {
    parts_->consumer.on(type, on_task_changed);
  }
}
Background::~Background() = default;

void Background::start() {
  telemetry::add_readiness("crm_postgres", [up = parts_->database_up] { return up->load(); });
  parts_->consumer.start();
  parts_->clock.start();
  asio::co_spawn(parts_->executor, parts_->run(), asio::detached);
}

void Background::stop() {
  parts_->clock.stop();
  asio::post(parts_->executor, [this] {
    parts_->stopping = true;
    parts_->timer.cancel();
  });
}

}  // namespace bordero::crm
