#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sodium.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <exception>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "bordero/auth/v1/sessions.pb.h"
#include "bordero/auth/v1/users.pb.h"
#include "platform/redis/client.hpp"
#include "platform/testing/stores.hpp"
#include "services/auth/src/passwords/hasher.hpp"
#include "services/auth/src/secret.hpp"
#include "services/auth/src/service.hpp"
#include "services/auth/src/users/user.hpp"

namespace bordero::auth {

inline constexpr const char* kPassword = "kzvq-htwpf-mbrx-7";

// The service in this process on an empty migrated database, asked as the gateway asks it.
class AuthTest : public ::testing::Test {
 protected:
  // Somebody with an open session.
  struct SignedIn {
    std::string user_id;
    std::string token;
    std::string session_id;
    std::string identity;
    std::string device;
  };

  AuthTest() {
    start(config_);
    wait_until([this] { return redis_.connected(); });
  }

  // Lets everything here go on until `holds` does; gives up after ten seconds.
  template <class Condition>
  void wait_until(Condition holds) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    io_.restart();
    while (!holds()) {
      if (std::chrono::steady_clock::now() > deadline) FAIL() << "waited in vain";
      io_.run_one_for(std::chrono::milliseconds(20));
    }
  }

  Config make_config() const {
    ensure(sodium_init() >= 0, "libsodium starts");
    return {.pg_dsn = database_.dsn(),
            .pg_migrate_dsn = database_.owner_dsn(),
            .redis_url = redis_url_,
            .amqp_url = "",
            .public_url = "https://bordero.example",
            .first_admin_email = "admin@localhost",
            .peppers = std::string(64, 'a'),
            .seal_key = std::string(32, 's'),
            .argon2_memory_kib = 1'024,
            .argon2_passes = 1,
            .session_idle = std::chrono::minutes(60),
            .session_absolute = std::chrono::hours(12),
            .pool_size = 8};
  }

  // As after a restart with these settings.
  void start(const Config& config) {
    service_.reset();
    dispatcher_.reset();
    dispatcher_.emplace(keys_);
    service_.emplace(io_.get_executor(), config, peers_);
    service_->add_to(*dispatcher_);
    dispatcher_->check("auth");
  }

  template <class T>
  T run(awaitable<T> work) {
    std::optional<T> value;
    std::exception_ptr failure;
    bool done = false;
    auto keep = [&]() -> awaitable<void> { value.emplace(co_await std::move(work)); };
    asio::co_spawn(io_, keep, [&](std::exception_ptr thrown) {
      failure = thrown;
      done = true;
    });
    io_.restart();
    for (std::size_t ran = 1; !done && ran > 0;) ran = io_.run_one();
    if (failure) std::rethrow_exception(failure);
    return std::move(*value);
  }

  rpc::Envelope envelope(const std::string& method, const SignedIn* who) const {
    rpc::Envelope sent;
    sent.method = "bordero.auth.v1." + method;
    sent.caller_service = "gateway";
    if (who != nullptr) sent.identity_token = who->identity;
    sent.idempotency_key = idempotency_key_;
    return sent;
  }

  template <class Reply>
  Result<Reply> call(const std::string& method, const google::protobuf::Message& request,
                     const SignedIn* who = nullptr) {
    auto answer = run(dispatcher_->dispatch(envelope(method, who), request));
    if (!answer) return answer.error();
    replayed_ = answer->replayed;
    return std::move(static_cast<Reply&>(*answer->message));
  }

  Result<v1::ActingIdentity> identity_for(const char* service, const std::string& user_id,
                                          v1::Via via) {
    v1::IdentityForRequest request;
    request.set_user_id(user_id);
    request.set_via(via);
    auto asked = envelope("SessionService/IdentityFor", nullptr);
    asked.caller_service = service;
    auto answer = run(dispatcher_->dispatch(std::move(asked), request));
    if (!answer) return answer.error();
    return std::move(static_cast<v1::ActingIdentity&>(*answer->message));
  }

  std::string given_user(const std::string& name, const std::string& role,
                         const std::string& status = "active",
                         const std::string& password = kPassword) {
    const PasswordHash hash = Hasher(config_).hash(password);
    const std::string id = UserId::make().str();
    const bool invited = status == "invited";
    database_.execute(
        "INSERT INTO users (id, email, full_name, role, status, password_hash, pepper_version, "
        "blocked_at) VALUES ('" +
        id + "', '" + name + "@agency.example', '" + name + "', '" + role + "', '" + status +
        "', " + (invited ? "NULL" : "'" + hash.phc + "'") + ", " + (invited ? "NULL" : "1") + ", " +
        (status == "blocked" ? "now()" : "NULL") + ")");
    return id;
  }

  Result<v1::LoginReply> login(const std::string& email, const std::string& password,
                               const std::string& address = "192.0.2.1",
                               const std::string& device = "") {
    v1::LoginRequest request;
    request.set_email(email);
    request.set_password(password);
    request.mutable_client()->set_address(address);
    request.mutable_client()->set_user_agent("curl/7.88.1");
    request.mutable_client()->set_device(device);
    return call<v1::LoginReply>("SessionService/Login", request);
  }

  Result<v1::ResolvedSession> resolve(const std::string& token) {
    v1::ResolveSessionRequest request;
    request.set_token_hash(sha256(token));
    return call<v1::ResolvedSession>("SessionService/ResolveSession", request);
  }

  SignedIn signed_in(const std::string& name, const std::string& password = kPassword) {
    const auto reply = login(name + "@agency.example", password).value();
    const auto session = resolve(reply.session_token()).value();
    return {.user_id = reply.user().id(),
            .token = reply.session_token(),
            .session_id = session.session_id(),
            .identity = session.identity_token(),
            .device = reply.device()};
  }

  // A user of this name and role, with an open session.
  SignedIn given_signed_in(const std::string& name, const std::string& role) {
    given_user(name, role);
    return signed_in(name);
  }

  bool is_signed_in(const SignedIn& who) { return resolve(who.token).ok(); }

  std::string in_redis(const std::string& key) {
    const std::vector<std::string> words = {"GET", key};
    return run(redis_.command(words)).value().text;
  }
  void put_into_redis(const std::string& key, const std::string& value) {
    const std::vector<std::string> words = {"SET", key, value};
    ASSERT_TRUE(run(redis_.command(words)).ok());
  }

  // "auth.user.blocked 2" and the like, in the order of the outbox.
  std::vector<std::string> published() const {
    const std::string all = database_.value(
        "SELECT coalesce(string_agg(type || ' ' || coalesce(headers->>'version', '0'), E'\\n' "
        "ORDER BY seq), '') FROM outbox");
    std::vector<std::string> events;
    for (std::size_t at = 0; at < all.size();) {
      const std::size_t end = std::min(all.find('\n', at), all.size());
      events.push_back(all.substr(at, end - at));
      at = end + 1;
    }
    return events;
  }
  void forget_published() const { database_.execute("DELETE FROM outbox"); }

  testing::FreshDatabase database_{"auth", migrations()};
  std::string redis_url_ = testing::fresh_redis_url();
  asio::io_context io_{1};
  rpc::Peers peers_;
  Config config_ = make_config();
  redis::Client redis_{io_.get_executor(), redis_url_};
  rpc::KeyRing keys_{[this] { return service_->public_keys(); }};
  std::optional<rpc::Dispatcher> dispatcher_;
  std::optional<Service> service_;
  std::string idempotency_key_;
  bool replayed_ = false;
};

}  // namespace bordero::auth
