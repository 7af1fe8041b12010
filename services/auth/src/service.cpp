#include "services/auth/src/service.hpp"

#include <sodium.h>

#include <algorithm>

#include "platform/background/job_rpc.hpp"
#include "platform/threads/thread_pool.hpp"
#include "services/auth/src/agency/agency_rpc.hpp"
#include "services/auth/src/keys/key_book.hpp"
#include "services/auth/src/passwords/hasher.hpp"
#include "services/auth/src/passwords/password_rpc.hpp"
#include "services/auth/src/sessions/resolve_rpc.hpp"
#include "services/auth/src/sessions/session_rpc.hpp"
#include "services/auth/src/sessions/sign_in_rpc.hpp"
#include "services/auth/src/users/digest_rpc.hpp"
#include "services/auth/src/users/preferences_rpc.hpp"
#include "services/auth/src/users/user_rpc.hpp"
#include "services/auth/src/views/view_rpc.hpp"

namespace bordero::auth {
namespace {

ThreadPool& hashing_threads() {
  const auto cores = static_cast<int>(std::thread::hardware_concurrency());
  static ThreadPool pool({.threads = std::clamp(cores, 1, 4),
                          .busy = "sign_in_busy",
                          .gauge = "bordero_auth_hashes_running",
                          .help = "Password hashes under way."});
  return pool;
}

Config ready(Config config) {
  ensure(sodium_init() >= 0, "libsodium starts");
  return config;
}

}  // namespace

struct Service::Parts {
  Parts(asio::any_io_executor executor, const Config& settings)
      : config(ready(settings)),
        db(executor, {.dsn = config.pg_dsn,
                      .pool_size = config.pool_size,
                      .application_name = "bordero auth"}),
        redis(executor, config.redis_url),
        hasher(config),
        keys(db, config),
        sign_in(db, redis, config, hasher, hashing_threads()),
        resolve(db, redis, config, keys),
        sessions(db, redis),
        passwords(db, redis, hasher, hashing_threads()),
        users(db, redis, config),
        preferences(db),
        views(db) {}

  const Config config;
  pg::Database db;
  redis::Client redis;
  Hasher hasher;
  KeyBook keys;
  SignInRpc sign_in;
  ResolveRpc resolve;
  SessionRpc sessions;
  PasswordRpc passwords;
  UserRpc users;
  PreferencesRpc preferences;
  ViewRpc views;
  DigestRpc digest{db};
  AgencyRpc agency{db};
  background::JobRpc jobs{db, "auth"};
};

Service::Service(asio::any_io_executor executor, const Config& config, rpc::Peers&)
    : parts_(std::make_unique<Parts>(executor, config)) {}

Service::~Service() = default;

void Service::add_to(rpc::Dispatcher& dispatcher) {
  auto to = dispatcher.of("auth");
  to.add(parts_->sign_in, parts_->sessions, parts_->passwords, parts_->resolve, parts_->users,
         parts_->preferences, parts_->views, parts_->digest, parts_->agency, parts_->jobs);
  to.shows<v1::View>("id", parts_->views, &ViewRpc::still_visible);
  to.replays_to_its_caller<v1::DeleteViewRequest>();
  // Users are shown to admins, preferences to their owner, the agency to all.
  to.shows_to_its_caller<v1::User, v1::Preferences, v1::Agency>();
}

awaitable<Result<std::vector<rpc::PublicKey>>> Service::public_keys() {
  Context context = system_context("verify_identity", std::chrono::seconds(2));
  CO_TRY(const auto keys, co_await parts_->keys.keys(context));
  std::vector<rpc::PublicKey> published;
  for (const SigningKey& key : keys) published.push_back({key.kid, key.public_key});
  co_return published;
}

}  // namespace bordero::auth
