#include <gmock/gmock.h>

#include "platform/mq/broker.hpp"
#include "platform/mq/envelope.hpp"
#include "platform/mq/mq_fixture.hpp"
#include "platform/mq/topology.hpp"

namespace bordero::mq {
namespace {

using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::SizeIs;

using ConsumerTest = MqTest;

common::v1::EventMeta meta_of(const std::string& subject, int version) {
  common::v1::EventMeta meta;
  meta.set_id(Uuid::v7().str());
  meta.set_type("crm.client.created");
  meta.set_source("crm");
  meta.set_subject(subject);
  meta.set_version(version);
  return meta;
}

TEST_F(ConsumerTest, AppliesADuplicateOnce) {
  start_consumer(consumer_settings(broker_.url()), &ConsumerTest::record);
  ASSERT_TRUE(eventually([&] { return consumer_->connected(); }));
  Broker sender(broker_.url(), "test");
  sender.expect_confirms();
  const Message first = message_of(meta_of("client", 1), "", "{}");
  const Message second = message_of(meta_of("client", 2), "", "{}");

  for (const auto* message : {&first, &first, &second, &first}) {
    sender.publish_and_wait(kExchange, "crm.client.created", *message);
  }

  EXPECT_TRUE(eventually([&] { return applied() == 2; }));
  EXPECT_TRUE(eventually([&] { return sender.messages_in("tasks.events") == 0; }));
  EXPECT_EQ(doubled(), 0);
}

TEST_F(ConsumerTest, ParksWhatIsRefusedAndGoesOn) {
  std::atomic<bool> refusing = true;
  start_relay(broker_.url());
  start_consumer(
      consumer_settings(broker_.url()),
      [&](pg::Transaction& tx, Context& context, const Event& event) -> awaitable<Result<void>> {
        if (refusing && event.meta.version() == 2) co_return invalid("two_is_wrong");
        co_return co_await record(tx, context, event);
      });

  publish_versions("client", 1, 3);

  ASSERT_TRUE(eventually([&] { return applied() == 2; }));
  const auto parked = Consumer::list_parked(broker_.url(), "tasks", 10);
  ASSERT_THAT(parked, SizeIs(1));
  EXPECT_EQ(parked.front().reason, "two_is_wrong");
  EXPECT_EQ(parked.front().type, "crm.client.created");
  EXPECT_FALSE(parked.front().parked_at.empty());

  refusing = false;
  EXPECT_EQ(Consumer::replay_parked(broker_.url(), "tasks", Uuid::v7().str()), 0);
  EXPECT_EQ(Consumer::replay_parked(broker_.url(), "tasks", parked.front().id), 1);
  EXPECT_TRUE(eventually([&] { return applied() == 3; }));
  EXPECT_EQ(value("SELECT event_id FROM applied WHERE version = 2"), parked.front().id);
  EXPECT_THAT(Consumer::list_parked(broker_.url(), "tasks", 10), SizeIs(0));
}

TEST_F(ConsumerTest, ADiscardedEventIsGone) {
  start_consumer(consumer_settings(broker_.url()), &ConsumerTest::record);
  ASSERT_TRUE(eventually([&] { return consumer_->connected(); }));
  Broker sender(broker_.url(), "test");
  sender.expect_confirms();
  const auto meta = meta_of("client", -1);
  sender.publish_and_wait(kExchange, meta.type(), message_of(meta, "", "{}"));
  const auto parked = [&] { return Consumer::list_parked(broker_.url(), "tasks", 10).size(); };
  ASSERT_TRUE(eventually([&] { return parked() == 1; }));

  EXPECT_EQ(Consumer::discard_parked(broker_.url(), "tasks", Uuid::v7().str()), 0);
  EXPECT_EQ(Consumer::discard_parked(broker_.url(), "tasks", meta.id()), 1);

  EXPECT_TRUE(eventually([&] { return parked() == 0; }));
}

TEST_F(ConsumerTest, WhatCameWithoutAnIdIsReadReplayedAndDiscardedByItsContent) {
  start_consumer(consumer_settings(broker_.url()), &ConsumerTest::record);
  ASSERT_TRUE(eventually([&] { return consumer_->connected(); }));
  Broker sender(broker_.url(), "test");
  sender.expect_confirms();
  sender.publish_and_wait(kExchange, "crm.client.created", {.id = "", .headers = {}, .body = "?"});
  const auto parked = [&] { return Consumer::list_parked(broker_.url(), "tasks", 10); };
  ASSERT_TRUE(eventually([&] { return parked().size() == 1; }));
  const auto one = parked().front();
  EXPECT_THAT(one.id, ::testing::StartsWith("body-"));
  EXPECT_EQ(one.body, "?");

  EXPECT_EQ(Consumer::replay_parked(broker_.url(), "tasks", one.id), 1);
  ASSERT_TRUE(eventually([&] { return parked().size() == 1; })) << "it is as poisonous as before";
  EXPECT_EQ(Consumer::discard_parked(broker_.url(), "tasks", one.id), 1);

  EXPECT_TRUE(eventually([&] { return parked().empty(); }));
}

TEST_F(ConsumerTest, ParksWhatBreaksAConstraint) {
  start_consumer(consumer_settings(broker_.url()), &ConsumerTest::record);
  ASSERT_TRUE(eventually([&] { return consumer_->connected(); }));
  Broker sender(broker_.url(), "test");
  sender.expect_confirms();

  for (const int version : {-1, 1}) {
    sender.publish_and_wait(kExchange, "crm.client.created",
                            message_of(meta_of("client", version), "", "{}"));
  }

  EXPECT_TRUE(eventually([&] { return applied() == 1; }));
  EXPECT_THAT(Consumer::list_parked(broker_.url(), "tasks", 10),
              ElementsAre(Field(&Consumer::Parked::reason, "sql_23514")));
}

TEST_F(ConsumerTest, WaitsForADependencyWithoutSpendingDeliveries) {
  std::atomic<int> attempts = 0;
  auto settings = consumer_settings(broker_.url());
  settings.delivery_limit = 2;
  start_relay(broker_.url());
  start_consumer(
      settings,
      [&](pg::Transaction& tx, Context& context, const Event& event) -> awaitable<Result<void>> {
        const int attempt = ++attempts;
        if (attempt <= 3) co_return unavailable("crm_down");
        if (attempt <= 5) throw Broken("a store is gone");
        co_return co_await record(tx, context, event);
      });

  publish_versions("client", 1, 3);

  EXPECT_TRUE(eventually([&] { return applied() == 3; }));
  EXPECT_EQ(disordered(), 0);
  EXPECT_EQ(value("SELECT max(deliveries) FROM applied"), "1");
  EXPECT_THAT(Consumer::list_parked(broker_.url(), "tasks", 10), SizeIs(0));
}

TEST_F(ConsumerTest, WaitsForItsDatabaseWithoutSpendingDeliveries) {
  testing::FaultyProxy proxy(database_url());
  std::unique_ptr<pg::Database> database;
  on_worker([&] {
    const pg::Settings through = {.dsn = dsn_through(proxy), .application_name = "mqtest"};
    database = std::make_unique<pg::Database>(io_.get_executor(), through);
  });
  auto settings = consumer_settings(broker_.url());
  settings.delivery_limit = 1;
  consumer_ = std::make_unique<Consumer>(settings, io_.get_executor(), *database);
  consumer_->on("crm.#", &ConsumerTest::record);
  consumer_->start();
  start_relay(broker_.url());
  publish_versions("client", 1, 5);
  ASSERT_TRUE(eventually([&] { return applied() == 5; }));

  proxy.refuse(true);
  publish_versions("client", 6, 10);
  ASSERT_TRUE(eventually([&] { return pending() == 0; }));
  EXPECT_EQ(applied(), 5);
  proxy.refuse(false);

  EXPECT_TRUE(eventually([&] { return applied() == 10; }));
  EXPECT_EQ(value("SELECT max(deliveries) FROM applied"), "1");
  EXPECT_EQ(disordered(), 0);
  consumer_.reset();
  on_worker([&] { database.reset(); });
}

TEST_F(ConsumerTest, ABatchWithARefusedEventIsAppliedWithoutIt) {
  auto settings = consumer_settings(broker_.url());
  settings.batch = 50;
  Broker sender(broker_.url(), "test");
  declare_queues(sender, "tasks", "tasks.events", settings.delivery_limit);
  bind_events(sender, "tasks", {"crm.#"});
  sender.expect_confirms();
  for (int version = 1; version <= 100; ++version) {
    // The table refuses a version below 1.
    const std::string subject = std::to_string(version % 10);
    sender.publish_and_wait(kExchange, "crm.client.created",
                            message_of(meta_of(subject, version == 30 ? -1 : version), "", "{}"));
  }

  start_consumer(settings, &ConsumerTest::record);

  EXPECT_TRUE(eventually([&] { return applied() == 99; })) << applied();
  EXPECT_EQ(doubled(), 0);
  EXPECT_EQ(disordered(), 0);
  EXPECT_TRUE(
      eventually([&] { return Consumer::list_parked(broker_.url(), "tasks", 10).size() == 1; }));
}

TEST_F(ConsumerTest, AQueueMadeWithAnotherLimitIsUsedAsItIs) {
  start_consumer(consumer_settings(broker_.url()), &ConsumerTest::record);
  ASSERT_TRUE(eventually([&] { return consumer_->connected(); }));
  auto settings = consumer_settings(broker_.url());
  ++settings.delivery_limit;

  start_consumer(settings, &ConsumerTest::record);
  start_relay(broker_.url());
  publish_versions("client", 1, 1);

  EXPECT_TRUE(eventually([&] { return applied() == 1; }));
}

TEST_F(ConsumerTest, ASubscriptionHearsEventsAndTellsOfGaps) {
  std::atomic<int> heard = 0;
  std::atomic<int> gaps = 0;
  start_relay(broker_.url());
  const Subscription subscription(
      proxy_.url(), "gateway.stream.", {"crm.client.*"}, io_.get_executor(),
      [&](const Event& event) { heard += event.meta.subject() == "client" ? 1 : 0; },
      [&] { ++gaps; });
  ASSERT_TRUE(eventually([&] { return subscription.connected(); }));
  publish_versions("client", 1, 3);
  EXPECT_TRUE(eventually([&] { return heard == 3; }));
  EXPECT_EQ(gaps, 0);

  proxy_.cut();

  EXPECT_TRUE(eventually([&] { return gaps == 1; }));
  publish_versions("client", 4, 4);
  EXPECT_TRUE(eventually([&] { return heard == 4; }));
}

}  // namespace
}  // namespace bordero::mq
