#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

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
#include "platform/testing/faulty_proxy.hpp"
#include "platform/testing/service_test.hpp"
#include "services/notifications/src/service.hpp"

namespace bordero::notifications {

using testing::must;
using testing::Person;

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
class NotificationsTest : public testing::ServiceTest {
 protected:
  NotificationsTest() : ServiceTest("notifications", migrations()) {
    peers_.set("auth", std::make_unique<EmptyPeer>());
    peers_.set("crm", std::make_unique<EmptyPeer>());
    peers_.set("tasks", std::make_unique<EmptyPeer>());
    service_ = std::make_unique<Service>(io_.get_executor(), config(), peers_);
    service_->add_to(dispatcher_);
    dispatcher_.check("notifications");
  }
  void TearDown() override {
    stop();
    ServiceTest::TearDown();
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
    return {.pg_dsn = database_.dsn(), .redis_url = redis_.url(), .amqp_url = broker_.url()};
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
    const std::string name(method);
    const char* service = name.find('/') == std::string::npos ? "NotificationService/" : "";
    return ServiceTest::call<Reply>(who, service + name, request, key);
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

  testing::FreshBroker broker_;
  testing::FaultyProxy redis_{redis_url_};
  std::unique_ptr<Service> service_;
  std::unique_ptr<Background> background_;
};

}  // namespace bordero::notifications
