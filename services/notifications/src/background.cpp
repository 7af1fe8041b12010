#include <atomic>

#include "platform/base/job.hpp"
#include "platform/base/log.hpp"
#include "platform/jobs/workers.hpp"
#include "platform/mq/mq.hpp"
#include "platform/projection/deals.hpp"
#include "platform/projection/users.hpp"
#include "platform/telemetry/health.hpp"
#include "platform/telemetry/metrics.hpp"
#include "services/notifications/src/delivery/delivery.hpp"
#include "services/notifications/src/delivery/delivery_store.hpp"
#include "services/notifications/src/digest/digest.hpp"
#include "services/notifications/src/exports/export_kind.hpp"
#include "services/notifications/src/inbox/come_back.hpp"
#include "services/notifications/src/inbox/forget.hpp"
#include "services/notifications/src/jobs/job_store.hpp"
#include "services/notifications/src/news/on_event.hpp"
#include "services/notifications/src/service.hpp"

namespace bordero::notifications {
namespace {

using namespace std::chrono_literals;

constexpr auto kTurn = 1s;
// Thousands of reminders come at once each morning; together they share transactions.
constexpr int kEventsAtOnce = 100;
constexpr int kStepsInATurn = 100;
constexpr int kExportsAtOnce = 2;

mq::Consumer::Settings consumer_settings(const Config& config) {
  return {.service = "notifications", .amqp_url = config.amqp_url, .batch = kEventsAtOnce};
}

awaitable<Result<bool>> forget_who_left(pg::Database& db) {
  Context ctx = system_context("forget_left_deals", 10s);
  CO_TRY(auto tx, co_await db.begin(ctx));
  forget_left_deals(tx);
  CO_TRY_VOID(co_await tx.commit());
  co_return false;
}

}  // namespace

struct Background::Parts {
  Parts(const asio::any_io_executor& executor, const Config& config, rpc::Peers& asked,
        Channels outer)
      : peers(asked),
        channels(std::move(outer)),
        keeping{.read_days = config.keep_read_days, .unread_days = config.keep_unread_days},
        db(executor,
           {.dsn = config.pg_dsn, .pool_size = 6, .application_name = "notifications-background"}),
        relay({.service = "notifications", .pg_dsn = config.pg_dsn, .amqp_url = config.amqp_url}),
        consumer(consumer_settings(config), executor, db),
        waiting(telemetry::gauge("bordero_notifications_waiting",
                                 "Deliveries that wait for their channel.")),
        redis(executor, config.redis_url),
        deliverer(executor, db, channels),
        workers(executor, db, asked, job_declaration(names_of(channels)),
                {export_kind(redis, asked, export_threads)}, {.workers = kExportsAtOnce}),
        job(executor, "notifications", kTurn, [this] { return turn(); }) {
    projection::follow_users(consumer);
    projection::follow_deals(consumer);
    follow_news(consumer, names_of(channels));
    consumer.take_when([filled = copies_filled] { return filled->load(); });
  }

  awaitable<void> turn();
  awaitable<void> fill_copies();
  awaitable<void> repeat(awaitable<Result<bool>> (*step)(Parts& parts));
  awaitable<void> count();

  rpc::Peers& peers;
  Channels channels;
  Keeping keeping;
  pg::Database db;
  mq::Relay relay;
  // Both outlive this, for who asks while the process stops.
  std::shared_ptr<std::atomic<bool>> copies_filled = std::make_shared<std::atomic<bool>>(false);
  std::shared_ptr<std::atomic<bool>> database_up = std::make_shared<std::atomic<bool>>(false);
  mq::Consumer consumer;
  telemetry::Gauge waiting;
  redis::Client redis;
  Deliverer deliverer;
  asio::thread_pool export_threads{kExportsAtOnce};
  jobs::Workers workers;
  Job job;
};

awaitable<void> Background::Parts::turn() {
  const bool up = co_await db.healthy();
  *database_up = up;
  if (!up) co_return;
  if (!*copies_filled) co_await fill_copies();
  co_await repeat([](Parts& parts) { return come_back(parts.db); });
  deliverer.start_due();
  co_await repeat([](Parts& parts) { return send_digests(parts.db, parts.peers, parts.channels); });
  co_await repeat([](Parts& parts) { return forget_who_left(parts.db); });
  co_await repeat([](Parts& parts) { return forget_notifications(parts.db, parts.keeping); });
  co_await count();
}

awaitable<void> Background::Parts::fill_copies() {
  const auto users = co_await projection::import_users(db, peers, "notifications");
  if (!users) co_return;
  const auto deals = co_await projection::import_deals(db, peers, "notifications");
  if (deals) *copies_filled = true;
}

awaitable<void> Background::Parts::repeat(awaitable<Result<bool>> (*step)(Parts& parts)) {
  for (int i = 0; i < kStepsInATurn; ++i) {
    const auto more = co_await step(*this);
    if (!more) log::warning("notifications step waits", {{"reason", more.error().reason}});
    if (!more || !*more) co_return;
  }
}

awaitable<void> Background::Parts::count() {
  Context ctx = system_context("count_waiting", 5s);
  auto tx = co_await db.read(ctx);
  if (!tx) co_return;
  waiting.set(co_await count_waiting(*tx));
}

Background::Background(asio::any_io_executor executor, const Config& config, rpc::Peers& peers,
                       Channels channels)
    : parts_(std::make_unique<Parts>(executor, config, peers, std::move(channels))) {}
Background::~Background() = default;

void Background::start() {
  telemetry::add_readiness("notifications_postgres",
                           [up = parts_->database_up] { return up->load(); });
  parts_->consumer.start();
  parts_->job.start();
  parts_->workers.start();
}

void Background::stop() {
  parts_->job.stop();
  parts_->workers.stop();
}

}  // namespace bordero::notifications
