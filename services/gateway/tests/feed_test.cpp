#include <sys/resource.h>

#include <iostream>

#include "bordero/crm/v1/events.pb.h"
#include "platform/json/json.hpp"
#include "platform/mq/broker.hpp"
#include "platform/mq/envelope.hpp"
#include "platform/testing/stores.hpp"
#include "services/gateway/src/stream/feed.hpp"
#include "services/gateway/tests/gateway_fixture.hpp"

namespace bordero::gateway {
namespace {

using namespace std::chrono_literals;

// Worker threads, as a process has them.
class FeedTest : public ::testing::Test {
 protected:
  struct Worker {
    asio::io_context io{1};
    asio::executor_work_guard<asio::io_context::executor_type> guard = asio::make_work_guard(io);
    std::vector<std::string> heard;  // Touched on its thread alone.
    std::atomic<int> count = 0;
    std::atomic<int> gaps = 0;
    std::shared_ptr<void> listening;
    std::thread thread{[this] { io.run(); }};

    ~Worker() {
      guard.reset();
      io.stop();
      thread.join();
    }
  };
  void listen(Worker& worker) {
    worker.listening = feed_.listen(
        worker.io.get_executor(),
        [&worker](const Feed::Entry& entry) {
          worker.heard.push_back(entry->event_id);
          ++worker.count;
        },
        [&worker] { ++worker.gaps; });
  }
  static bool eventually(const std::function<bool()>& holds) {
    const auto end = std::chrono::steady_clock::now() + 30s;
    while (!holds()) {
      if (std::chrono::steady_clock::now() > end) return false;
      std::this_thread::sleep_for(5ms);
    }
    return true;
  }
  static Feed::Entry entry(const std::string& id) {
    return std::make_shared<const StreamEntry>(StreamEntry{.event_id = id});
  }

  testing::FreshBroker broker_;
  Feed feed_{broker_.url()};
};

mq::Message deal_updated(const std::string& id) {
  common::v1::EventMeta meta;
  meta.set_id(id);
  meta.set_type("crm.deal.updated");
  meta.set_subject("d1");
  crm::v1::DealUpdated updated;
  updated.mutable_before()->set_title("old");
  updated.mutable_after()->set_title("new");
  return mq::message_of(meta, "", json::text(updated));
}

TEST_F(FeedTest, EachWorkerHearsEachEventOnceAndInOrder) {
  std::vector<std::unique_ptr<Worker>> workers;
  for (int i = 0; i < 4; ++i) listen(*workers.emplace_back(std::make_unique<Worker>()));
  mq::Broker sender(broker_.url(), "test");
  sender.declare_exchange(mq::kExchange, "topic");
  sender.expect_confirms();
  // Nobody has it before the subscription is there.
  ASSERT_TRUE(eventually([&] {
    return sender.publish_and_wait(mq::kExchange, "crm.deal.updated", deal_updated("e0")) ==
           mq::Fate::confirmed;
  }));
  std::vector<std::string> sent = {"e0"};
  for (int i = 1; i <= 300; ++i) {
    sent.push_back("e" + std::to_string(i));
    sender.publish_and_wait(mq::kExchange, "crm.deal.updated", deal_updated(sent.back()));
  }

  for (const auto& worker : workers) {
    ASSERT_TRUE(eventually([&] { return worker->count == 301; })) << worker->count;
  }
  for (const auto& worker : workers) {
    worker->io.stop();
    worker->thread.join();
    EXPECT_EQ(worker->heard, sent);
    EXPECT_EQ(worker->gaps, 0);
    worker->thread = std::thread([] {});
  }
}

TEST_F(FeedTest, AWorkerThatStandsStillMissesSomethingAndIsTold) {
  Worker slow;
  Worker quick;
  listen(slow);
  listen(quick);
  std::promise<void> goes_on;
  asio::post(slow.io, [&] { goes_on.get_future().wait(); });

  for (int i = 0; i < 10'500; ++i) {
    feed_.tell(entry("e"));
    while (i - quick.count > 5'000) std::this_thread::sleep_for(1ms);
  }
  ASSERT_TRUE(eventually([&] { return quick.count == 10'500; }));
  EXPECT_EQ(quick.gaps, 0) << "it is not held up";
  EXPECT_EQ(slow.gaps, 0);
  goes_on.set_value();

  EXPECT_TRUE(eventually([&] { return slow.gaps == 1 && slow.count == 10'000; })) << slow.count;
}

TEST_F(FeedTest, WhoLetGoHearsNothing) {
  Worker worker;
  listen(worker);
  std::promise<void> let_go;
  asio::post(worker.io, [&] {
    feed_.tell(entry("e"));  // On its way when it is let go of.
    worker.listening.reset();
    let_go.set_value();
  });
  let_go.get_future().wait();
  feed_.tell(entry("e"));
  feed_.tell_gap();

  std::promise<void> behind;
  asio::post(worker.io, [&] { behind.set_value(); });
  behind.get_future().wait();
  EXPECT_EQ(worker.count, 0);
  EXPECT_EQ(worker.gaps, 0);
}

// A subscription a worker made each of them read every event anew.
TEST_F(FeedTest, OneSubscriptionForAllWorkersCostsLess) {
  constexpr int kWorkers = 4;
  constexpr int kEvents = 3000;
  mq::Broker sender(broker_.url(), "test");
  sender.declare_exchange(mq::kExchange, "topic");
  sender.expect_confirms();
  const auto seconds = [] {
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    return static_cast<double>(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
           static_cast<double>(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
  };
  std::vector<std::unique_ptr<Worker>> workers;
  for (int i = 0; i < kWorkers; ++i) workers.push_back(std::make_unique<Worker>());
  const auto cost = [&](const std::vector<Feed*>& feeds) {
    for (int i = 0; i < kWorkers; ++i) {
      Worker& worker = *workers[static_cast<std::size_t>(i)];
      worker.count = 0;
      worker.listening = feeds[static_cast<std::size_t>(i) % feeds.size()]->listen(
          worker.io.get_executor(), [&worker](const Feed::Entry&) { ++worker.count; }, [] {});
    }
    const auto all_heard = [&](int count) {
      return std::all_of(workers.begin(), workers.end(),
                         [&](const auto& worker) { return worker->count >= count; });
    };
    // Until all subscriptions stand.
    EXPECT_TRUE(eventually([&] {
      sender.publish_and_wait(mq::kExchange, "crm.deal.updated", deal_updated("first"));
      return all_heard(1);
    }));
    std::this_thread::sleep_for(200ms);
    for (const auto& worker : workers) worker->count = 0;
    const double begun = seconds();
    for (int i = 0; i < kEvents; ++i) {
      sender.publish_and_wait(mq::kExchange, "crm.deal.updated", deal_updated("e"));
    }
    EXPECT_TRUE(eventually([&] { return all_heard(kEvents); }));
    const double used = seconds() - begun;
    for (const auto& worker : workers) worker->listening.reset();
    return used / kEvents * 1e6;
  };

  const double shared = cost({&feed_});
  std::vector<std::unique_ptr<Feed>> own;
  std::vector<Feed*> feeds = {&feed_};
  for (int i = 1; i < kWorkers; ++i) {
    feeds.push_back(own.emplace_back(std::make_unique<Feed>(broker_.url())).get());
  }
  const double apart = cost(feeds);

  std::cout << "CPU µs an event with 4 workers: " << shared << ", a subscription each: " << apart
            << '\n';
  EXPECT_LT(shared, apart);
}

}  // namespace
}  // namespace bordero::gateway
