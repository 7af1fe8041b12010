#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sodium.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "bordero/crm/v1/events.pb.h"
#include "bordero/notifications/v1/events.pb.h"
#include "bordero/payments/v1/events.pb.h"
#include "bordero/tasks/v1/events.pb.h"
#include "platform/mq/mq.hpp"
#include "platform/redis/client.hpp"
#include "platform/testing/stores.hpp"
#include "services/notifications/src/service.hpp"

namespace bordero::notifications {

struct Person {
  std::string id = Uuid::v7().str();
  Role role = Role::agent;
  std::string session_id = Uuid::v7().str();
  std::int64_t epoch = 0;
};

// Stands for Auth and CRM: has nothing to export.
class EmptyPeer : public rpc::Channel {
 public:
  awaitable<rpc::AnyReply> call(rpc::Envelope, const rpc::Message&,
                                const rpc::Message& prototype) override {
    rpc::Answer reply;
    reply.message.reset(prototype.New());
    co_return reply;
  }
  bool connected() const override { return true; }
};

// The service in this process on an empty migrated database. Events come through a real broker;
// requests through the dispatcher.
class NotificationsTest : public ::testing::Test {
 protected:
  NotificationsTest() {
    ensure(sodium_init() >= 0, "libsodium starts");
    crypto_sign_keypair(reinterpret_cast<unsigned char*>(public_key_.data()),
                        reinterpret_cast<unsigned char*>(secret_key_.data()));
    peers_.set("auth", std::make_unique<EmptyPeer>());
    peers_.set("crm", std::make_unique<EmptyPeer>());
    peers_.set("tasks", std::make_unique<EmptyPeer>());
    service_ = std::make_unique<Service>(io_.get_executor(), config(), peers_);
    service_->add_to(dispatcher_);
    dispatcher_.check("notifications");
    for (const Person* person : {&agent_, &colleague_, &executor_, &finance_, &head_}) {
      given_user(*person);
    }
  }
  void TearDown() override {
    clock::shift(std::chrono::seconds(0));
    stop();
  }

  void start(Channels channels = {}) {
    background_ =
        std::make_unique<Background>(io_.get_executor(), config(), peers_, std::move(channels));
    background_->start();
  }
  void stop() {
    if (!background_) return;
    background_->stop();
    run_for(std::chrono::milliseconds(50));
    background_.reset();
  }
  Config config() const {
    return {.pg_dsn = database_.dsn(), .redis_url = redis_url_, .amqp_url = broker_.url()};
  }
  void run_for(std::chrono::milliseconds time) {
    io_.restart();
    io_.run_for(time);
  }
  bool eventually(const std::string& sql, const std::string& expected) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (database_.value(sql) != expected) {
      if (std::chrono::steady_clock::now() > deadline) return false;
      run_for(std::chrono::milliseconds(20));
    }
    return true;
  }

  void given_user(const Person& person, const std::string& status = "active") {
    database_.execute("INSERT INTO users VALUES ('" + person.id + "', 'Имя " +
                      person.id.substr(30) + "', '" + std::string(role_name(person.role)) + "', '" +
                      status + "', 1)");
  }
  crm::v1::Deal deal(const Person& lead, const std::vector<Person>& others = {}) {
    crm::v1::Deal made;
    made.set_id(Uuid::v7().str());
    made.set_number("2026-000147");
    made.set_title("КАСКО Mazda CX-5");
    made.set_client_id(Uuid::v7().str());
    made.set_client_name("Орехов Г.");
    made.set_status(crm::v1::DEAL_STATUS_DRAFT);
    made.set_lead_agent_id(lead.id);
    made.set_version(1);
    add_member(made, lead, crm::v1::MEMBER_FUNCTION_LEAD_AGENT);
    for (const Person& person : others) {
      add_member(made, person, crm::v1::MEMBER_FUNCTION_PARTICIPANT);
    }
    return made;
  }
  static void add_member(crm::v1::Deal& deal, const Person& person,
                         crm::v1::MemberFunction function) {
    auto& member = *deal.add_members();
    member.set_user_id(person.id);
    member.set_function(function);
  }
  // The deal is known here, made by its lead.
  crm::v1::Deal given_deal(const Person& lead, const std::vector<Person>& others = {}) {
    const auto made = deal(lead, others);
    crm::v1::DealCreated event;
    *event.mutable_deal() = made;
    happens(event, lead, made.id(), made.version());
    database_.execute("DELETE FROM notifications");
    database_.execute("DELETE FROM outbox");
    return made;
  }

  // The event goes through the broker as its service's does, and is applied.
  void happens(const google::protobuf::Message& event, const Person& actor,
               const std::string& subject = Uuid::v7().str(), int version = 1) {
    const int before = std::stoi(database_.value("SELECT count(*) FROM inbox"));
    pg::Database db(io_.get_executor(), {.dsn = database_.dsn(), .pool_size = 1});
    run(publish(db, event, actor, subject, version));
    ensure(eventually("SELECT count(*) > " + std::to_string(before) + " FROM inbox", "t"),
           "the event is applied");
  }
  awaitable<bool> publish(pg::Database& db, const google::protobuf::Message& event, Person actor,
                          std::string subject, int version) {
    Context ctx = system_context("test", std::chrono::seconds(10));
    if (actor.role != Role::system) ctx.caller = {.user_id = actor.id, .role = actor.role};
    auto tx = co_await db.begin(ctx);
    const mq::About about{.entity_type = "test", .entity_id = subject, .version = version};
    mq::publish(*tx, ctx, event, about);
    const auto kept = co_await tx->commit();
    co_return kept.ok();
  }
  // A note of the author's that mentions these.
  crm::v1::JournalAdded note(const crm::v1::Deal& deal, const std::vector<Person>& mentioned,
                             const std::string& text = "Позвоните клиенту") {
    crm::v1::JournalAdded event;
    event.mutable_entry()->set_id(Uuid::v7().str());
    event.mutable_entry()->set_deal_id(deal.id());
    event.mutable_entry()->set_text(text);
    for (const Person& person : mentioned) event.mutable_entry()->add_mentioned_ids(person.id);
    return event;
  }

  template <class Reply>
  Result<Reply> call(const Person& who, const char* method, const rpc::Message& request,
                     const std::string& key = "") {
    rpc::Envelope envelope;
    const std::string name(method);
    const char* service = name.find('/') == std::string::npos ? "NotificationService/" : "";
    envelope.method = std::string("bordero.notifications.v1.") + service + name;
    envelope.caller_service = "gateway";
    envelope.identity_token = token_of(who);
    envelope.idempotency_key = key;
    auto answer = run(dispatcher_.dispatch(std::move(envelope), request));
    if (!answer) return std::move(answer).error();
    return static_cast<Reply&>(*answer->message);
  }
  Result<v1::ListNotificationsReply> list(const Person& who, const std::string& view = "",
                                          const std::string& filter = "",
                                          const std::string& group_by = "") {
    v1::ListNotificationsRequest request;
    request.set_view(view);
    request.set_filter(filter);
    request.set_group_by(group_by);
    return call<v1::ListNotificationsReply>(who, "ListNotifications", request);
  }
  std::vector<v1::Notification> told(const Person& who, const std::string& view = "") {
    const auto reply = list(who, view);
    ensure(reply.ok(), "one's own list is answered");
    return {reply->notifications().begin(), reply->notifications().end()};
  }
  v1::NotificationCounts counts(const Person& who) {
    return *call<v1::NotificationCounts>(who, "CountNotifications",
                                         v1::CountNotificationsRequest());
  }

  template <class T>
  T run(awaitable<T> work) {
    std::optional<T> result;
    std::exception_ptr failure;
    bool done = false;
    const auto keep = [](awaitable<T> work, std::optional<T>& result) -> awaitable<void> {
      result.emplace(co_await std::move(work));
    };
    asio::co_spawn(io_, keep(std::move(work), result), [&](std::exception_ptr failed) {
      failure = failed;
      done = true;
    });
    io_.restart();
    for (std::size_t ran = 1; !done && ran > 0;) ran = io_.run_one();
    if (failure) std::rethrow_exception(failure);
    return std::move(*result);
  }
  std::string token_of(const Person& who) const {
    rpc::Identity identity;
    identity.caller.user_id = who.id;
    identity.caller.role = who.role;
    identity.caller.session_id = who.session_id;
    identity.caller.epoch = who.epoch;
    identity.expires_at = std::chrono::duration_cast<std::chrono::seconds>(
                              std::chrono::system_clock::now().time_since_epoch())
                              .count() +
                          100;
    return rpc::sign_identity(identity, "k1", secret_key_);
  }

  asio::io_context io_;
  testing::FreshDatabase database_{"notifications", migrations()};
  testing::FreshBroker broker_;
  std::string redis_url_ = testing::fresh_redis_url();
  std::string public_key_ = std::string(crypto_sign_PUBLICKEYBYTES, '\0');
  std::string secret_key_ = std::string(crypto_sign_SECRETKEYBYTES, '\0');
  rpc::Peers peers_;
  rpc::KeyRing keys_{[this]() -> awaitable<Result<std::vector<rpc::PublicKey>>> {
    std::vector<rpc::PublicKey> all;
    all.push_back({"k1", public_key_});
    co_return all;
  }};
  rpc::Dispatcher dispatcher_{keys_};
  std::unique_ptr<Service> service_;
  std::unique_ptr<Background> background_;

  Person agent_{.role = Role::agent};
  Person colleague_{.role = Role::agent};
  Person executor_{.role = Role::executor};
  Person finance_{.role = Role::finance};
  Person head_{.role = Role::head};
};

}  // namespace bordero::notifications
