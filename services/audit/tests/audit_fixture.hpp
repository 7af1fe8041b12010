#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sodium.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <set>

#include "bordero/auth/v1/events.pb.h"
#include "bordero/crm/v1/deals.pb.h"
#include "bordero/crm/v1/events.pb.h"
#include "platform/json/json.hpp"
#include "platform/rpc/contract.hpp"
#include "platform/testing/stores.hpp"
#include "services/audit/src/entries/on_event.hpp"
#include "services/audit/src/heads/head_signer.hpp"
#include "services/audit/src/service.hpp"
#include "services/audit/src/verify/log_verifier.hpp"

namespace bordero::audit {

// Stands for CRM: says yes to the records that a test names, and remembers who asked.
class FakeCrm : public rpc::Channel {
 public:
  FakeCrm(std::set<std::string>& visible, std::string& asked_with)
      : visible_(visible), asked_with_(asked_with) {}
  awaitable<rpc::AnyReply> call(rpc::Envelope envelope, const rpc::Message& request,
                                const rpc::Message&) override {
    asked_with_ = envelope.identity_token;
    const auto& question = static_cast<const common::v1::CheckAccessRequest&>(request);
    auto answer = std::make_unique<common::v1::CheckAccessReply>();
    answer->set_visible(visible_.contains(question.entity_id()));
    rpc::Answer reply;
    reply.message = std::move(answer);
    co_return reply;
  }
  bool connected() const override { return true; }

 private:
  std::set<std::string>& visible_;
  std::string& asked_with_;
};

// The service in this process on an empty migrated database.
class AuditTest : public ::testing::Test {
 protected:
  AuditTest() {
    ensure(sodium_init() >= 0, "libsodium starts");
    crypto_sign_keypair(reinterpret_cast<unsigned char*>(auth_public_.data()),
                        reinterpret_cast<unsigned char*>(auth_secret_.data()));
    peers_.set("crm", std::make_unique<FakeCrm>(visible_to_caller_, crm_asked_with_));
    service_.add_to(dispatcher_);
    dispatcher_.check("audit");
  }

  Config test_config(const std::string& amqp_url = "") const {
    return {.pg_dsn = database_.dsn(),
            .amqp_url = amqp_url,
            .signing_key = std::string(32, 'k'),
            .head_period = std::chrono::seconds(60),
            .head_records = 1000,
            .verify_period = std::chrono::minutes(60),
            .long_transaction = std::chrono::seconds(5)};
  }

  template <class T>
  T run(awaitable<T> work) {
    std::optional<T> result;
    std::exception_ptr failure;
    bool done = false;
    auto keep = [&]() -> awaitable<void> { result.emplace(co_await std::move(work)); };
    asio::co_spawn(io_, keep, [&](std::exception_ptr failed) {
      failure = failed;
      done = true;
    });
    io_.restart();
    for (std::size_t ran = 1; !done && ran > 0;) ran = io_.run_one();
    if (failure) std::rethrow_exception(failure);
    return std::move(*result);
  }
  // Lets the service's own work go on until the condition holds; false after the deadline.
  bool eventually(const std::function<bool()>& holds) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (!holds()) {
      if (std::chrono::steady_clock::now() > deadline) return false;
      io_.restart();
      io_.run_for(std::chrono::milliseconds(10));
    }
    return true;
  }

  mq::Event event_of(const google::protobuf::Message& message, const std::string& entity_type,
                     const std::string& entity_id, int version,
                     const std::string& actor = "system:test") const {
    mq::Event event;
    event.meta.set_id(Uuid::v7().str());
    event.meta.set_type(std::string(rpc::event_type(message.GetDescriptor())));
    event.meta.set_source(event.meta.type().substr(0, event.meta.type().find('.')));
    event.meta.set_subject(entity_id);
    event.meta.set_entity_type(entity_type);
    event.meta.set_time(instant_text(clock::now()));
    event.meta.set_version(version);
    event.meta.set_actor(actor);
    event.meta.set_trace_id("0af7651916cd43dd8448eb211c80319c");
    event.body = json::text(message);
    return event;
  }
  mq::Event deal_created(const std::string& deal_id, const std::string& actor = "system:test") {
    crm::v1::DealCreated created;
    created.mutable_deal()->set_id(deal_id);
    created.mutable_deal()->set_title("ОСАГО");
    created.mutable_deal()->set_version(1);
    return event_of(created, "deal", deal_id, 1, actor);
  }
  mq::Event deal_updated(const std::string& deal_id, int version) {
    crm::v1::DealUpdated updated;
    updated.mutable_before()->set_title("title " + std::to_string(version - 1));
    updated.mutable_after()->set_title("title " + std::to_string(version));
    return event_of(updated, "deal", deal_id, version);
  }

  Result<void> record(const mq::Event& event) { return run(record_in_transaction(event)); }
  // A log of one deal with so many versions.
  std::string given_log(int size) {
    const std::string deal_id = Uuid::v7().str();
    for (int version = 1; version <= size; ++version) {
      const auto event = version == 1 ? deal_created(deal_id) : deal_updated(deal_id, version);
      EXPECT_TRUE(record(event));
    }
    return deal_id;
  }
  Result<std::optional<Head>> sign() { return run(signer_.sign_when_due()); }
  v1::VerifyReply verdict() { return run(verify_log(db_, key_.public_key())).value(); }

  template <class Reply, class Request>
  Result<Reply> ask(const char* method, const Request& request, Role role,
                    const std::string& user_id = Uuid::v7().str()) {
    rpc::Envelope envelope;
    envelope.method = std::string("bordero.audit.v1.AuditService/") + method;
    envelope.caller_service = "gateway";
    envelope.identity_token = token_for(role, user_id);
    asked_with_ = envelope.identity_token;
    auto reply = run(dispatcher_.dispatch(std::move(envelope), request));
    if (!reply) return std::move(reply).error();
    return static_cast<Reply&>(*reply->message);
  }
  std::string token_for(Role role, const std::string& user_id) const {
    rpc::Identity identity;
    identity.caller.user_id = user_id;
    identity.caller.role = role;
    identity.expires_at = std::chrono::system_clock::to_time_t(clock::now()) + 120;
    return rpc::sign_identity(identity, "k1", auth_secret_);
  }

  // What a superuser with bad intent does: no trigger stops it.
  void tamper(const std::string& sql) {
    database_.execute("SET session_replication_role = replica; " + sql);
  }

 private:
  awaitable<Result<void>> record_in_transaction(const mq::Event& event) {
    Context ctx = system_context("test", std::chrono::seconds(10));
    CO_TRY(auto tx, co_await db_.begin(ctx));
    CO_TRY_VOID(co_await on_event(tx, ctx, event));
    co_return co_await tx.commit();
  }
  awaitable<Result<std::vector<rpc::PublicKey>>> auth_keys() const {
    std::vector<rpc::PublicKey> keys;
    keys.push_back({"k1", auth_public_});
    co_return keys;
  }

  std::string auth_public_ = std::string(crypto_sign_PUBLICKEYBYTES, '\0');
  std::string auth_secret_ = std::string(crypto_sign_SECRETKEYBYTES, '\0');

 protected:
  testing::FreshDatabase database_{"audit", migrations()};
  asio::io_context io_{1};
  rpc::Peers peers_;
  std::set<std::string> visible_to_caller_;
  std::string asked_with_;      // The caller's identity token…
  std::string crm_asked_with_;  // …and the one that CRM saw.
  Config config_ = test_config();
  pg::Database db_{io_.get_executor(), {.dsn = database_.dsn(), .application_name = "test"}};
  SigningKey key_{config_.signing_key};
  HeadSigner signer_{db_, key_, {.period = std::chrono::seconds(60), .records = 1000}};
  rpc::KeyRing keys_{[this] { return auth_keys(); }};
  rpc::Dispatcher dispatcher_{keys_};
  Service service_{io_.get_executor(), config_, peers_};
};

}  // namespace bordero::audit
