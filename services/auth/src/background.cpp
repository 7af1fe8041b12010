#include "platform/background/take_some.hpp"
#include "platform/background/work.hpp"
#include "platform/redis/client.hpp"
#include "services/auth/src/events.hpp"
#include "services/auth/src/keys/key_store.hpp"
#include "services/auth/src/service.hpp"
#include "services/auth/src/sessions/session_cache.hpp"
#include "services/auth/src/sessions/session_store.hpp"
#include "services/auth/src/users/invitation_store.hpp"

namespace bordero::auth {
namespace {

using namespace std::chrono_literals;

constexpr auto kTurnLimit = 30s;

awaitable<Result<void>> end_sessions(pg::Transaction& tx, const Context& ctx, SessionCache& cache,
                                     background::Portion& portion) {
  portion.ids = co_await hold_expired(tx, portion.limit);
  const auto ended = co_await delete_held(tx, portion.ids);
  publish_ended(tx, ctx, ended, "expired");
  delete_expired_invitations(tx);
  portion.afterwards = [&cache, ended] { return cache.forget(ended); };
  co_return Result<void>();
}

// Rows of sessions whose end has passed: nobody can use them, and now their end is told.
awaitable<Result<bool>> expire_sessions(pg::Database& db, SessionCache& cache) {
  return background::take_some(
      db, {.name = kExpireSessions, .at_once = 500, .limit = kTurnLimit},
      [&cache](pg::Transaction& tx, Context& ctx, background::Portion& portion) {
        return end_sessions(tx, ctx, cache, portion);
      });
}

awaitable<Result<bool>> rotate_keys(pg::Database& db, const Config& config) {
  Context context = system_context("rotate_keys", kTurnLimit);
  CO_TRY(auto tx, co_await db.begin(context));
  co_await renew_keys(tx, config);
  CO_TRY_VOID(co_await tx.commit());
  co_return false;
}

}  // namespace

struct Background::Parts {
  Parts(const asio::any_io_executor& executor, const Config& settings)
      : config(settings),
        redis(executor, config.redis_url),
        work(executor, {.service = "auth", .pg_dsn = config.pg_dsn, .amqp_url = config.amqp_url}) {}

  const Config config;
  redis::Client redis;
  SessionCache cache{redis};
  background::Work work;
};

Background::Background(asio::any_io_executor executor, const Config& config, rpc::Peers&)
    : parts_(std::make_shared<Parts>(executor, config)) {
  background::Work& work = parts_->work;
  Parts& parts = *parts_;
  pg::Database& db = work.db();
  work.add({.name = kExpireSessions,
            .step = [&db, &parts] { return expire_sessions(db, parts.cache); },
            .period = 60s});
  work.add({.name = "rotate_keys",
            .step = [&db, &parts] { return rotate_keys(db, parts.config); },
            .period = 1h});
}
Background::~Background() = default;

void Background::start() { parts_->work.start(); }
void Background::stop() { parts_->work.stop(); }

}  // namespace bordero::auth
