#include "services/auth/src/service.hpp"

#include <sodium.h>

#include <algorithm>

#include "platform/background/job_rpc.hpp"
#include "platform/threads/thread_pool.hpp"
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

// Kept answers show users to admins and preferences to their owner; the permission and the caller
// in the key, decided again before, say all.
awaitable<Result<void>> still_visible(Context&, const rpc::Message&, const rpc::Message&) {
  co_return Result<void>{};
}

void add_views(rpc::Dispatcher& to, ViewRpc& views) {
  to.add("bordero.auth.v1.ViewService/ListViews", views, &ViewRpc::list_views);
  to.add("bordero.auth.v1.ViewService/GetView", views, &ViewRpc::get_view);
  to.add("bordero.auth.v1.ViewService/CreateView", views, &ViewRpc::create_view);
  to.add("bordero.auth.v1.ViewService/UpdateView", views, &ViewRpc::update_view);
  to.add("bordero.auth.v1.ViewService/DeleteView", views, &ViewRpc::delete_view);
  const auto by_reply = [&views](Context& context, const rpc::Message&, const rpc::Message& reply) {
    return views.still_visible(context, static_cast<const v1::View&>(reply).id());
  };
  to.on_replay("bordero.auth.v1.ViewService/CreateView", by_reply);
  to.on_replay("bordero.auth.v1.ViewService/UpdateView", by_reply);
  to.on_replay("bordero.auth.v1.ViewService/DeleteView", still_visible);
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
  background::JobRpc jobs{db, "auth"};
};

Service::Service(asio::any_io_executor executor, const Config& config, rpc::Peers&)
    : parts_(std::make_unique<Parts>(executor, config)) {}

Service::~Service() = default;

void Service::add_to(rpc::Dispatcher& dispatcher) {
  const auto session = [&](const char* method, auto& rpc, auto handler) {
    dispatcher.add((std::string("bordero.auth.v1.SessionService/") + method).c_str(), rpc, handler);
  };
  session("Login", parts_->sign_in, &SignInRpc::login);
  session("Logout", parts_->sessions, &SessionRpc::logout);
  session("GetSession", parts_->sessions, &SessionRpc::get_session);
  session("ListSessions", parts_->sessions, &SessionRpc::list_sessions);
  session("EndSession", parts_->sessions, &SessionRpc::end_session);
  session("EndAllSessions", parts_->sessions, &SessionRpc::end_all_sessions);
  session("ChangePassword", parts_->passwords, &PasswordRpc::change_password);
  session("AcceptInvitation", parts_->passwords, &PasswordRpc::accept_invitation);
  session("ResolveSession", parts_->resolve, &ResolveRpc::resolve_session);
  session("RenewIdentity", parts_->resolve, &ResolveRpc::renew_identity);
  session("GetKeys", parts_->resolve, &ResolveRpc::get_keys);

  const auto user = [&](const char* method, auto& rpc, auto handler) {
    dispatcher.add((std::string("bordero.auth.v1.UserService/") + method).c_str(), rpc, handler);
  };
  user("ListUsers", parts_->users, &UserRpc::list_users);
  user("GetUser", parts_->users, &UserRpc::get_user);
  user("CreateUser", parts_->users, &UserRpc::create_user);
  user("InviteUser", parts_->users, &UserRpc::invite_user);
  user("UpdateUser", parts_->users, &UserRpc::update_user);
  user("BlockUser", parts_->users, &UserRpc::block_user);
  user("UnblockUser", parts_->users, &UserRpc::unblock_user);
  user("ExportUsers", parts_->users, &UserRpc::export_users);
  user("GetPreferences", parts_->preferences, &PreferencesRpc::get_preferences);
  user("UpdatePreferences", parts_->preferences, &PreferencesRpc::update_preferences);

  add_views(dispatcher, parts_->views);
  dispatcher.add("bordero.auth.v1.CopyService/DigestUsers", parts_->digest,
                 &DigestRpc::digest_users);
  dispatcher.add("bordero.auth.v1.BackgroundService/ListBackgroundJobs", parts_->jobs,
                 &background::JobRpc::list);

  dispatcher.on_replay("bordero.auth.v1.UserService/UpdateUser", still_visible);
  dispatcher.on_replay("bordero.auth.v1.UserService/BlockUser", still_visible);
  dispatcher.on_replay("bordero.auth.v1.UserService/UnblockUser", still_visible);
  dispatcher.on_replay("bordero.auth.v1.UserService/UpdatePreferences", still_visible);
}

awaitable<Result<std::vector<rpc::PublicKey>>> Service::public_keys() {
  Context context = system_context("verify_identity", std::chrono::seconds(2));
  CO_TRY(const auto keys, co_await parts_->keys.keys(context));
  std::vector<rpc::PublicKey> published;
  for (const SigningKey& key : keys) published.push_back({key.kid, key.public_key});
  co_return published;
}

}  // namespace bordero::auth
