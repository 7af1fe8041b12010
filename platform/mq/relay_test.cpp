#include "platform/mq/envelope.hpp"
#include "platform/mq/mq_fixture.hpp"
#include "platform/mq/outbox.hpp"
#include "platform/mq/topology.hpp"
#include "platform/testing/secret_file.hpp"

namespace bordero::mq {
namespace {

TEST(Matches, AsTheBrokerDoes) {
  EXPECT_TRUE(matches("#", "crm.deal.closed"));
  EXPECT_TRUE(matches("crm.#", "crm.deal.closed"));
  EXPECT_TRUE(matches("crm.#.closed", "crm.closed"));
  EXPECT_TRUE(matches("*.deal.*", "crm.deal.closed"));
  EXPECT_TRUE(matches("crm.deal.closed", "crm.deal.closed"));
  EXPECT_FALSE(matches("crm.deal.closed", "crm.deal.closed.again"));
  EXPECT_FALSE(matches("crm.*", "crm.deal.closed"));
  EXPECT_FALSE(matches("crm.deal.*", "crm.deal"));
}

TEST(Envelope, KeepsWhatAnEventSays) {
  common::v1::EventMeta meta;
  meta.set_id("018f4a5e-7b1c-7000-8000-000000000001");
  meta.set_type("crm.deal.closed");
  meta.set_source("crm");
  meta.set_subject("018f4a5e-7b1c-7000-8000-000000000002");
  meta.set_time("2026-11-23T10:15:30.123456Z");
  meta.set_version(7);
  meta.set_actor("system:test");
  meta.set_entity_type("deal");
  meta.add_audience_users("a");
  meta.add_audience_users("b");
  meta.add_audience_roles("head");

  const Event event = event_of(message_of(meta, "", "{}"));

  EXPECT_EQ(event.meta.SerializeAsString(), meta.SerializeAsString());
  EXPECT_EQ(event.body, "{}");
}

using RelayTest = MqTest;

TEST_F(RelayTest, SendsWhatIsCommittedInOrderOfEachSubject) {
  start_relay(broker_.url());
  start_consumer(consumer_settings(broker_.url()), &RelayTest::record);

  for (int subject = 0; subject < 20; ++subject) {
    publish_versions("client-" + std::to_string(subject), 1, 10);
  }

  EXPECT_TRUE(eventually([&] { return applied() == 200; }));
  EXPECT_EQ(disordered(), 0);
  EXPECT_TRUE(eventually([&] { return pending() == 0; }));
}

TEST_F(RelayTest, EveryNewConnectionReadsItsSecretAnew) {
  testing::SecretFile broker("amqp://nobody:wrong@127.0.0.1:1/%2F");
  testing::SecretFile database("postgresql://nobody@127.0.0.1:1/nothing");
  relay_ = std::make_unique<Relay>(
      Relay::Settings{.service = "crm", .pg_dsn = database.secret(), .amqp_url = broker.secret()});
  Consumer::Settings settings = consumer_settings("");
  settings.amqp_url = broker.secret();
  start_consumer(settings, &RelayTest::record);
  publish_versions("client", 1, 3);
  EXPECT_EQ(applied(), 0);

  broker.replace(broker_.url());
  database.replace(fresh_.dsn());

  EXPECT_TRUE(eventually([&] { return applied() == 3; }));
}

TEST_F(RelayTest, ReachesHandlersInTheTraceOfTheChange) {
  start_relay(broker_.url());
  start_consumer(consumer_settings(broker_.url()), &RelayTest::record);

  publish_versions("client", 1, 1);

  EXPECT_TRUE(eventually([&] { return applied() == 1; }));
  EXPECT_EQ(value("SELECT trace_id FROM applied"), "0af7651916cd43dd8448eb211c80319c");
}

TEST_F(RelayTest, KeepsWhatHasNoQueueAndSendsItWhenThereIsOne) {
  start_relay(broker_.url());
  publish_versions("client", 1, 3);
  ASSERT_TRUE(eventually([&] { return relay_->connected(); }));
  EXPECT_EQ(pending(), 3);

  start_consumer(consumer_settings(broker_.url()), &RelayTest::record);

  EXPECT_TRUE(eventually([&] { return applied() == 3; }));
  EXPECT_EQ(disordered(), 0);
}

TEST_F(RelayTest, StartsWithoutBroker) {
  proxy_.refuse(true);
  start_relay(proxy_.url());
  start_consumer(consumer_settings(proxy_.url()), &RelayTest::record);
  publish_versions("client", 1, 3);
  EXPECT_FALSE(relay_->connected());

  proxy_.refuse(false);

  EXPECT_TRUE(eventually([&] { return applied() == 3; }));
}

TEST_F(RelayTest, AnotherTakesOverWhenTheLeaderEnds) {
  start_relay(broker_.url());
  start_consumer(consumer_settings(broker_.url()), &RelayTest::record);
  publish_versions("client", 1, 1);
  ASSERT_TRUE(eventually([&] { return applied() == 1; }));
  auto leader = std::move(relay_);
  start_relay(broker_.url());
  ASSERT_TRUE(eventually([&] { return relay_->connected(); }));

  leader.reset();
  publish_versions("client", 2, 2);

  EXPECT_TRUE(eventually([&] { return applied() == 2; }));
}

TEST_F(RelayTest, CutConnectionsLoseNothingAndDoubleNothing) {
  start_relay(proxy_.url());
  start_consumer(consumer_settings(proxy_.url()), &RelayTest::record);

  for (int round = 0; round < 20; ++round) {
    for (int subject = 0; subject < 5; ++subject) {
      publish_versions("client-" + std::to_string(subject), 5 * round + 1, 5 * round + 5);
    }
    if (round % 4 == 3) {
      // Each cut meets connections that are at work.
      ASSERT_TRUE(eventually([&] { return relay_->connected() && consumer_->connected(); }));
      proxy_.cut();
    }
  }

  EXPECT_TRUE(eventually([&] { return applied() == 500; })) << applied();
  EXPECT_EQ(doubled(), 0);
  EXPECT_EQ(disordered(), 0);
  EXPECT_TRUE(eventually([&] { return pending() == 0; }));
}

TEST_F(RelayTest, CutDatabaseConnectionsLoseNothingAndDoubleNothing) {
  testing::FaultyProxy database(database_url());
  start_relay(broker_.url(), dsn_through(database));
  start_consumer(consumer_settings(broker_.url()), &RelayTest::record);

  for (int round = 0; round < 5; ++round) {
    ASSERT_TRUE(eventually([&] { return relay_->connected() && database.connections() > 0; }));
    publish_versions("client", 20 * round + 1, 20 * round + 20);
    database.cut();
  }

  EXPECT_TRUE(eventually([&] { return applied() == 100; })) << applied();
  EXPECT_TRUE(eventually([&] { return pending() == 0; }));
  EXPECT_EQ(doubled(), 0);
  EXPECT_EQ(disordered(), 0);
}

TEST_F(RelayTest, LostConfirmsDoubleNothing) {
  start_relay(proxy_.url());
  start_consumer(consumer_settings(broker_.url()), &RelayTest::record);
  ASSERT_TRUE(eventually([&] { return relay_->connected() && consumer_->connected(); }));

  proxy_.lose_answers(true);
  publish_versions("client-1", 1, 1);
  publish_versions("client-2", 1, 1);
  // The consumer has them, and the relay does not know.
  ASSERT_TRUE(eventually([&] { return applied() >= 1; }));
  EXPECT_GE(pending(), 1);
  proxy_.lose_answers(false);
  proxy_.cut();

  EXPECT_TRUE(eventually([&] { return pending() == 0; }));
  publish_versions("client-3", 1, 1);
  EXPECT_TRUE(eventually([&] { return applied() == 3; }));
  EXPECT_EQ(doubled(), 0);
}

TEST_F(RelayTest, ADatabaseThatAnswersNoMoreIsGivenUp) {
  testing::FaultyProxy database(database_url());
  Outbox outbox(dsn_through(database), "crm", std::chrono::milliseconds(500));
  EXPECT_EQ(outbox.backlog().pending, 0);

  database.lose_answers(true);

  EXPECT_THROW(outbox.backlog(), OutboxGone);
}

}  // namespace
}  // namespace bordero::mq
