#pragma once

#include <gtest/gtest.h>
#include <sodium.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "platform/base/clock.hpp"
#include "platform/base/context.hpp"
#include "platform/base/uuid.hpp"
#include "platform/rpc/dispatcher.hpp"
#include "platform/rpc/identity.hpp"
#include "platform/rpc/peers.hpp"
#include "platform/testing/stores.hpp"

namespace bordero::testing {

struct Person {
  std::string id = Uuid::v7().str();
  Role role = Role::agent;
  std::string session_id = Uuid::v7().str();
  std::int64_t epoch = 0;
};

// The value of an answer; a refusal ends the test with its reason.
template <class T>
T must(Result<T> result) {
  if (result) return std::move(result).value();
  std::string why = result.error().reason;
  for (const auto& field : result.error().fields) why += " " + field.field + ":" + field.code;
  throw std::runtime_error("refused: " + why);
}

// Why it was refused, "field:code" when a field is named; empty when it was not.
template <class T>
std::string fault(const Result<T>& result) {
  if (result) return "";
  if (result.error().fields.empty()) return result.error().reason;
  return result.error().fields[0].field + ":" + result.error().fields[0].code;
}

// What tests of a service stand on: an empty migrated database, its copy of Auth's users, and a
// dispatcher that is asked as the gateway asks, by one of some people. The service itself is made
// and added by who derives from this.
class ServiceTest : public ::testing::Test {
 protected:
  ServiceTest(const std::string& service, const std::vector<pg::Migration>& migrations)
      : package_("bordero." + service + ".v1."), database_(service, migrations) {
    ensure(sodium_init() >= 0, "libsodium starts");
    crypto_sign_keypair(reinterpret_cast<unsigned char*>(public_key_.data()),
                        reinterpret_cast<unsigned char*>(secret_key_.data()));
    for (const Person* person : {&agent_, &colleague_, &executor_, &finance_, &head_, &admin_}) {
      given_user(*person);
    }
  }
  void TearDown() override { clock::shift(std::chrono::seconds(0)); }

  // ---- asking ----
  awaitable<rpc::AnyReply> ask(const Person& who, const std::string& method,
                               const rpc::Message& request, const std::string& key = "") {
    rpc::Envelope envelope;
    envelope.method = package_ + method;
    envelope.caller_service = "gateway";
    envelope.identity_token = token_of(who);
    envelope.idempotency_key = key;
    return dispatcher_.dispatch(std::move(envelope), request);
  }
  template <class Reply>
  Result<Reply> call(const Person& who, const std::string& method, const rpc::Message& request,
                     const std::string& key = "") {
    auto answer = run(ask(who, method, request, key));
    if (!answer) return std::move(answer).error();
    return static_cast<Reply&>(*answer->message);
  }
  template <class T>
  T run(awaitable<T> work) {
    std::vector<awaitable<T>> all;
    all.push_back(std::move(work));
    return std::move(run_all(std::move(all))[0]);
  }
  // Several at once, as different requests are.
  template <class T>
  std::vector<T> run_all(std::vector<awaitable<T>> works) {
    std::vector<std::optional<T>> results(works.size());
    std::exception_ptr failure;
    std::size_t left = works.size();
    const auto keep = [](awaitable<T> work, std::optional<T>& result) -> awaitable<void> {
      result.emplace(co_await std::move(work));
    };
    for (std::size_t i = 0; i < works.size(); ++i) {
      asio::co_spawn(io_, keep(std::move(works[i]), results[i]), [&](std::exception_ptr failed) {
        if (failed) failure = failed;
        --left;
      });
    }
    io_.restart();
    for (std::size_t ran = 1; left > 0 && ran > 0;) ran = io_.run_one();
    if (failure) std::rethrow_exception(failure);
    std::vector<T> values;
    for (auto& result : results) values.push_back(std::move(*result));
    return values;
  }
  // Lets the service's own work go on for this time.
  void run_for(std::chrono::milliseconds time) {
    io_.restart();
    io_.run_for(time);
  }
  // Lets it go on until the query gives this; false when that takes too long.
  bool eventually(const std::string& sql, const std::string& expected) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (database_.value(sql) != expected) {
      if (std::chrono::steady_clock::now() > deadline) return false;
      run_for(std::chrono::milliseconds(5));
    }
    return true;
  }
  // Work in a transaction of its own.
  template <class Work>
  Result<void> apply(Work work) {
    pg::Database db(io_.get_executor(), {.dsn = database_.dsn(), .pool_size = 1});
    Context ctx = system_context("test", std::chrono::seconds(10));
    const auto in_one = [&]() -> awaitable<Result<void>> {
      CO_TRY(auto tx, co_await db.begin(ctx));
      CO_TRY_VOID(co_await work(tx, ctx));
      co_return co_await tx.commit();
    };
    return run(in_one());
  }

  // ---- what is there ----
  void given_user(const Person& person, const std::string& name = "",
                  const std::string& status = "active") {
    database_.execute("INSERT INTO users VALUES ('" + person.id + "', '" +
                      (name.empty() ? "Имя " + person.id.substr(30) : name) + "', '" +
                      std::string(role_name(person.role)) + "', '" + status + "', 1)");
  }
  // Events of this type, or with this ending, that wait in the outbox.
  int events(const std::string& type) const {
    return count("outbox WHERE type LIKE '%" + type + "'");
  }
  int count(const std::string& from_where) const {
    return std::stoi(database_.value("SELECT count(*) FROM " + from_where));
  }
  std::string token_of(const Person& who) const {
    rpc::Identity identity;
    identity.caller.user_id = who.id;
    identity.caller.role = who.role;
    identity.caller.session_id = who.session_id;
    identity.caller.epoch = who.epoch;
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    identity.expires_at = std::chrono::duration_cast<std::chrono::seconds>(now).count() + 100;
    return rpc::sign_identity(identity, "k1", secret_key_);
  }

  const std::string package_;
  asio::io_context io_;
  FreshDatabase database_;
  const std::string redis_url_ = fresh_redis_url();
  rpc::Peers peers_;

  Person agent_{.role = Role::agent};
  Person colleague_{.role = Role::agent};
  Person executor_{.role = Role::executor};
  Person finance_{.role = Role::finance};
  Person head_{.role = Role::head};
  Person admin_{.role = Role::admin};

 private:
  std::string public_key_ = std::string(crypto_sign_PUBLICKEYBYTES, '\0');
  std::string secret_key_ = std::string(crypto_sign_SECRETKEYBYTES, '\0');
  rpc::KeyRing keys_{[this]() -> awaitable<Result<std::vector<rpc::PublicKey>>> {
    std::vector<rpc::PublicKey> all;
    all.push_back({"k1", public_key_});
    co_return all;
  }};

 protected:
  rpc::Dispatcher dispatcher_{keys_};
};

}  // namespace bordero::testing
