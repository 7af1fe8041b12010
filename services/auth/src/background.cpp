#include <atomic>

#include "platform/base/job.hpp"
#include "platform/mq/mq.hpp"
#include "platform/redis/client.hpp"
#include "platform/telemetry/health.hpp"
#include "services/auth/src/events.hpp"
#include "services/auth/src/keys/key_store.hpp"
#include "services/auth/src/service.hpp"
#include "services/auth/src/sessions/session_cache.hpp"
#include "services/auth/src/users/invitation_store.hpp"

namespace bordero::auth {
namespace {

using namespace std::chrono_literals;

constexpr auto kTurnLimit = 30s;
constexpr int kExpiredAtOnce = 500;

// Rows of sessions whose end has passed: nobody can use them, and now their end is told.
awaitable<Result<int>> expire_sessions(pg::Database& db, SessionCache& cache) {
  Context context = system_context("expire_sessions", kTurnLimit);
  CO_TRY(auto tx, co_await db.begin(context));
  const auto ended = co_await delete_expired(tx, kExpiredAtOnce);
  publish_ended(tx, context, ended, "expired");
  delete_expired_invitations(tx);
  CO_TRY_VOID(co_await tx.commit());
  co_await cache.forget(ended);
  co_return static_cast<int>(ended.size());
}

awaitable<Result<void>> rotate_keys(pg::Database& db, const Config& config) {
  Context context = system_context("rotate_keys", kTurnLimit);
  CO_TRY(auto tx, co_await db.begin(context));
  co_await renew_keys(tx, config);
  co_return co_await tx.commit();
}

awaitable<Result<int>> forget_old_work(pg::Database& db) {
  Context context = system_context("forget_old_work", kTurnLimit);
  CO_TRY(auto tx, co_await db.begin(context));
  const auto row = co_await tx.find_one("SELECT forget_old_work(1000) AS forgotten");
  CO_TRY_VOID(co_await tx.commit());
  co_return row->get<int>("forgotten");
}

}  // namespace

struct Background::Parts {
  Parts(asio::any_io_executor executor, const Config& settings)
      : config(settings),
        db(executor, {.dsn = config.pg_dsn, .pool_size = 2, .application_name = "auth-background"}),
        redis(executor, config.redis_url),
        cache(redis),
        relay({.service = "auth", .pg_dsn = config.pg_dsn, .amqp_url = config.amqp_url}),
        expiring(executor, "auth_expire_sessions", 60s,
                 [this]() -> awaitable<void> {
                   for (int ended = kExpiredAtOnce; ended == kExpiredAtOnce;) {
                     ended = (co_await expire_sessions(db, cache)).value();
                   }
                 }),
        rotating(executor, "auth_rotate_keys", 1h,
                 [this]() -> awaitable<void> { (co_await rotate_keys(db, config)).value(); }),
        forgetting(executor, "auth_forget_old_work", 10min,
                   [this]() -> awaitable<void> {
                     while ((co_await forget_old_work(db)).value() > 0) {
                     }
                   }),
        watching(executor, "auth_watch_database", 1s,
                 [this]() -> awaitable<void> { database_up = co_await db.healthy(); }) {}

  const Config config;
  pg::Database db;
  redis::Client redis;
  SessionCache cache;
  std::atomic<bool> database_up = false;
  mq::Relay relay;
  Job expiring;
  Job rotating;
  Job forgetting;
  Job watching;
};

Background::Background(asio::any_io_executor executor, const Config& config, rpc::Peers&)
    : parts_(std::make_shared<Parts>(executor, config)) {}
Background::~Background() = default;

void Background::start() {
  // Readiness is asked until the process ends, which may be after this object has.
  const std::weak_ptr<Parts> parts = parts_;
  telemetry::add_readiness("auth_postgres", [parts] {
    const auto alive = parts.lock();
    return alive && alive->database_up;
  });
  parts_->expiring.start();
  parts_->rotating.start();
  parts_->forgetting.start();
  parts_->watching.start();
}

void Background::stop() {
  parts_->expiring.stop();
  parts_->rotating.stop();
  parts_->forgetting.stop();
  parts_->watching.stop();
}

}  // namespace bordero::auth
