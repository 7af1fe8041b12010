#include <gmock/gmock.h>

#include <latch>

#include "platform/mq/envelope.hpp"
#include "platform/mq/mq_fixture.hpp"
#include "platform/mq/publisher.hpp"
#include "platform/mq/topology.hpp"

// Messages to named queues without a database, and what a subscription is told of what it misses.
namespace bordero::mq {
namespace {

using namespace std::chrono_literals;

class PublisherTest : public MqTest {
 protected:
  void open_queue(Broker& broker) {
    broker.declare_queue("telegram.updates", {});
    bind_inlet(broker, "telegram.updates");
  }
  Publisher::Settings settings(const std::string& url) const {
    return {.service = "gateway", .amqp_url = url, .queues = {"telegram.updates"}};
  }
  static Message message(const std::string& body) {
    return {.id = Uuid::v7().str(), .headers = {}, .body = body};
  }
  Result<void> publish(Publisher& publisher, const std::string& body) {
    return run(publisher.publish("telegram.updates", message(body), 5s));
  }
  // So many at once, each awaited; how many were confirmed.
  int publish_many(Publisher& publisher, int count) {
    std::atomic<int> confirmed = 0;
    std::latch ended(count);
    for (int i = 0; i < count; ++i) {
      asio::co_spawn(io_, publisher.publish("telegram.updates", message("m"), 30s),
                     [&](const std::exception_ptr&, const Result<void>& result) {
                       confirmed += result.ok() ? 1 : 0;
                       ended.count_down();
                     });
    }
    ended.wait();
    return confirmed;
  }
};

TEST_F(PublisherTest, ConfirmsWhatTheQueueHas) {
  Broker looking(broker_.url(), "test");
  open_queue(looking);
  Publisher publisher(settings(proxy_.url()));
  ASSERT_TRUE(eventually([&] { return publisher.connected(); }));

  ASSERT_TRUE(publish(publisher, "{\"update_id\":1}").ok());

  ASSERT_TRUE(eventually([&] { return looking.messages_in("telegram.updates") == 1; }));
  EXPECT_EQ(looking.get("telegram.updates")->message.body, "{\"update_id\":1}");
}

TEST_F(PublisherTest, SaysSoWhenThereIsNoQueueOrNoBroker) {
  Publisher publisher(settings(proxy_.url()));
  ASSERT_TRUE(eventually([&] { return publisher.connected(); }));
  EXPECT_EQ(publish(publisher, "x").error().reason, "queue_is_not_there");

  Broker looking(broker_.url(), "test");
  open_queue(looking);
  EXPECT_TRUE(publish(publisher, "x").ok());
  proxy_.lose_answers(true);
  const auto unsure = run(publisher.publish("telegram.updates", message("y"), 300ms));
  EXPECT_EQ(unsure.error().reason, "publish_unconfirmed");
  proxy_.lose_answers(false);

  proxy_.refuse(true);
  ASSERT_TRUE(eventually([&] { return !publisher.connected(); }));
  EXPECT_EQ(publish(publisher, "z").error().reason, "broker_unavailable");
  EXPECT_EQ(publish(publisher, "z").error().kind, ErrorKind::unavailable);
  proxy_.refuse(false);
  EXPECT_TRUE(eventually([&] { return publish(publisher, "z").ok(); }));
}

TEST_F(PublisherTest, KeepsNoMoreThanItsBound) {
  Broker looking(broker_.url(), "test");
  open_queue(looking);
  auto bounded = settings(proxy_.url());
  bounded.window = 10;
  bounded.waiting = 50;
  Publisher publisher(bounded);
  ASSERT_TRUE(eventually([&] { return publisher.connected(); }));
  proxy_.stall(true);

  std::atomic<int> refused = 0;
  std::atomic<int> ended = 0;
  for (int i = 0; i < 80; ++i) {
    asio::co_spawn(io_, publisher.publish("telegram.updates", message("m"), 20s),
                   [&](const std::exception_ptr&, const Result<void>& result) {
                     if (!result && result.error().reason == "publisher_is_busy") ++refused;
                     ++ended;
                   });
  }

  ASSERT_TRUE(eventually([&] { return refused == 30; }));
  proxy_.stall(false);
  ASSERT_TRUE(eventually([&] { return ended == 80; }));
  EXPECT_EQ(looking.messages_in("telegram.updates"), 50U);
}

// Without a bound on time, which a busy machine would miss: the figure is printed.
TEST_F(PublisherTest, ManyAreOnTheirWayAtOnce) {
  Broker looking(broker_.url(), "test");
  open_queue(looking);
  Publisher publisher(settings(broker_.url()));
  ASSERT_TRUE(eventually([&] { return publisher.connected(); }));
  const auto begun = std::chrono::steady_clock::now();

  EXPECT_EQ(publish_many(publisher, 9000), 9000);

  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
  RecordProperty("confirmed_a_second", std::to_string(9000 / took.count()));
  std::cout << "confirmed a second: " << 9000 / took.count() << '\n';
  EXPECT_EQ(looking.messages_in("telegram.updates"), 9000U);
}

using SubscriptionTest = MqTest;

TEST_F(SubscriptionTest, WhatTheBrokerDropsIsTold) {
  std::atomic<int> heard = 0;
  std::atomic<int> gaps = 0;
  const Subscription subscription(
      proxy_.url(), "gateway.stream", {"#"}, io_.get_executor(), [&](const Event&) { ++heard; },
      [&] { ++gaps; });
  ASSERT_TRUE(eventually([&] { return subscription.connected(); }));
  Broker sender(broker_.url(), "test");
  sender.expect_confirms();
  proxy_.stall(true);
  common::v1::EventMeta meta;
  meta.set_type("crm.client.created");
  const std::string body(2000, 'x');
  int sent = 0;

  // Until the pipes are full, and the queue behind them.
  for (; sent < 30'000; ++sent) {
    meta.set_id(Uuid::v7().str());
    sender.publish(kExchange, meta.type(), message_of(meta, "", body));
    if (sent % 200 == 0)
      sender.publish_and_wait(kExchange, meta.type(), message_of(meta, "", body));
  }
  EXPECT_EQ(gaps, 0);
  proxy_.stall(false);

  EXPECT_TRUE(eventually([&] { return gaps >= 1; }));
  EXPECT_LT(heard, sent);
}

}  // namespace
}  // namespace bordero::mq
