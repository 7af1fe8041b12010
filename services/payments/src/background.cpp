#include <atomic>

#include "bordero/payments/v1/events.pb.h"
#include "platform/base/job.hpp"
#include "platform/base/log.hpp"
#include "platform/mq/mq.hpp"
#include "platform/projection/deals.hpp"
#include "platform/projection/users.hpp"
#include "platform/reminders/engine.hpp"
#include "platform/telemetry/health.hpp"
#include "services/payments/src/policies/on_policy.hpp"
#include "services/payments/src/reminders/payment_rules.hpp"
#include "services/payments/src/service.hpp"

namespace bordero::payments {
namespace {

constexpr std::chrono::seconds kPause{1};

}  // namespace

struct Background::Parts {
  Parts(const asio::any_io_executor& executor, const Config& config, rpc::Peers& peers)
      : peers(peers),
        db(executor,
           {.dsn = config.pg_dsn, .pool_size = 4, .application_name = "payments-background"}),
        relay({.service = "payments", .pg_dsn = config.pg_dsn, .amqp_url = config.amqp_url}),
        consumer({.service = "payments", .amqp_url = config.amqp_url}, executor, db),
        clock(executor, db, {.service = "payments"}, payment_rules(),
              reminders::event_of<v1::PaymentReminderDue>()),
        watch(executor, "payments_watch", kPause, [this] { return turn(); }) {}

  awaitable<void> turn();

  rpc::Peers& peers;
  pg::Database db;
  mq::Relay relay;
  mq::Consumer consumer;
  reminders::Clock clock;
  // Outlives this, for who asks about readiness while the process stops.
  std::shared_ptr<std::atomic<bool>> database_up = std::make_shared<std::atomic<bool>>(false);
  bool has_users = false;
  bool has_deals = false;
  Job watch;
};

// Looks after the database, and fills the copies once from their owners.
awaitable<void> Background::Parts::turn() {
  const bool up = co_await db.healthy();
  *database_up = up;
  if (!up) co_return;
  if (!has_users) has_users = (co_await projection::import_users(db, peers, "payments")).ok();
  if (!has_deals) has_deals = (co_await projection::import_deals(db, peers, "payments")).ok();
}

Background::Background(asio::any_io_executor executor, const Config& config, rpc::Peers& peers)
    : parts_(std::make_unique<Parts>(executor, config, peers)) {
  projection::follow_users(parts_->consumer);
  projection::follow_deals(parts_->consumer);
  follow_policies(parts_->consumer);
}
Background::~Background() = default;

void Background::start() {
  telemetry::add_readiness("payments_postgres", [up = parts_->database_up] { return up->load(); });
  parts_->consumer.start();
  parts_->watch.start();
  parts_->clock.start();
}

void Background::stop() {
  parts_->clock.stop();
  parts_->watch.stop();
}

}  // namespace bordero::payments
