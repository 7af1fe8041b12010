#include "bordero/notifications/v1/background.pb.h"
#include "platform/background/work.hpp"
#include "platform/jobs/workers.hpp"
#include "platform/projection/agency.hpp"
#include "platform/projection/copies.hpp"
#include "platform/projection/deals.hpp"
#include "platform/projection/users.hpp"
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

// Thousands of reminders come at once each morning; together they share transactions.
constexpr int kEventsAtOnce = 100;
constexpr int kExportsAtOnce = 2;
constexpr auto kForgetPause = 10s;

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
        redis(executor, config.redis_url),
        work(executor, {.service = "notifications",
                        .pg_dsn = config.pg_dsn,
                        .amqp_url = config.amqp_url,
                        .pool_size = 6,
                        .events_at_once = kEventsAtOnce}),
        db(work.db()),
        deliverer(executor, db, channels),
        workers(executor, db, asked, job_declaration(names_of(channels)),
                {export_kind(redis, asked, export_threads)}, {.workers = kExportsAtOnce}),
        waiting(telemetry::gauge("bordero_notifications_waiting",
                                 "Deliveries that wait for their channel.")) {}

  void follow_events();
  void add_rules();
  awaitable<Result<bool>> deliver();
  awaitable<Result<bool>> count();

  rpc::Peers& peers;
  Channels channels;
  Keeping keeping;
  redis::Client redis;
  background::Work work;
  pg::Database& db;
  Deliverer deliverer;
  asio::thread_pool export_threads{kExportsAtOnce};
  jobs::Workers workers;
  telemetry::Gauge waiting;
};

void Background::Parts::follow_events() {
  work.keep({projection::copy_of_users(db, peers, "notifications"),
             projection::copy_of_deals(db, peers, "notifications"),
             projection::copy_of_agency(db, peers, "notifications")},
            background::compared_event<v1::CopiesCompared>());
  projection::follow_users(work.consumer());
  projection::follow_deals(work.consumer());
  projection::follow_agency(work.consumer());
  follow_news(work.consumer(), names_of(channels));
  work.consumer().take_when([filled = work.copies_filled()] { return filled->load(); });
}

void Background::Parts::add_rules() {
  using background::Where;
  work.add({.name = kComeBack, .step = [this] { return come_back(db); }});
  work.add({.name = "deliver", .step = [this] { return deliver(); }, .where = Where::everywhere});
  work.add({.name = kDigest, .step = [this] { return send_digests(db, peers, channels); }});
  work.add({.name = "forget_left_deals",
            .step = [this] { return forget_who_left(db); },
            .period = kForgetPause});
  work.add({.name = "forget_notifications",
            .step = [this] { return forget_notifications(db, keeping); },
            .period = kForgetPause});
  work.add({.name = "count_waiting", .step = [this] { return count(); }});
}

// Under leases of its own, in every process.
awaitable<Result<bool>> Background::Parts::deliver() {
  deliverer.start_due();
  co_return false;
}

awaitable<Result<bool>> Background::Parts::count() {
  Context ctx = system_context("count_waiting", 5s);
  CO_TRY(auto tx, co_await db.read(ctx));
  waiting.set(co_await count_waiting(tx));
  co_return false;
}

Background::Background(asio::any_io_executor executor, const Config& config, rpc::Peers& peers,
                       Channels channels)
    : parts_(std::make_unique<Parts>(executor, config, peers, std::move(channels))) {
  parts_->follow_events();
  parts_->add_rules();
}
Background::~Background() = default;

void Background::start() {
  parts_->work.start();
  parts_->workers.start();
}

void Background::stop() {
  parts_->work.stop();
  parts_->workers.stop();
}

}  // namespace bordero::notifications
