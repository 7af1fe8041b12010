#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <map>

#include "services/notifications/src/delivery/delivery.hpp"
#include "services/notifications/tests/notifications_fixture.hpp"

namespace bordero::notifications {
namespace {

using namespace std::chrono_literals;

// Channels that are slow, fail and hang, beside one that works.
class ChannelsTest : public NotificationsTest {
 protected:
  Channel channel(const std::string& name) {
    return {.name = name,
            .send = [this, name](std::string,
                                 v1::Notification what) { return take(name, std::move(what)); },
            .at_once = 2};
  }
  awaitable<Result<void>> take(std::string name, v1::Notification notification) {
    sent_[name].push_back(notification.id());
    most_[name] = std::max(most_[name], ++(*now_)[name]);
    // A send that still hangs at the end is taken apart after this fixture's members.
    const std::shared_ptr<void> counted(nullptr, [now = now_, name](void*) { --(*now)[name]; });
    asio::steady_timer timer(co_await asio::this_coro::executor);
    while (name == "slow" && !go_) {
      timer.expires_after(5ms);
      co_await timer.async_wait(asio::use_awaitable);
    }
    if (name == "hanging" && !go_) {
      timer.expires_after(1h);
      co_await timer.async_wait(asio::use_awaitable);
    }
    if (name == "failing") co_return unavailable("channel_down");
    if (name == "throwing") throw std::runtime_error("a bug of the channel's");
    co_return Result<void>();
  }
  void mention(int times) {
    const auto about = given_deal(agent_, {colleague_});
    for (int i = 0; i < times; ++i) happens(note(about, {colleague_}), agent_);
  }
  bool comes(const std::function<bool()>& holds) {
    for (int i = 0; i < 6000 && !holds(); ++i) run_for(5ms);
    return holds();
  }
  static std::string states(const std::string& name) {
    return "SELECT string_agg(state || ' ' || attempts, ', ') FROM deliveries WHERE channel = '" +
           name + "'";
  }
  static std::string delivered(const std::string& name) {
    return "SELECT count(*) FROM deliveries WHERE state = 'delivered' AND channel = '" + name + "'";
  }

  std::map<std::string, std::vector<std::string>> sent_;
  const std::shared_ptr<std::map<std::string, int>> now_ =
      std::make_shared<std::map<std::string, int>>();
  std::map<std::string, int> most_;
  bool go_ = false;
};

TEST_F(ChannelsTest, OneThatIsSlowFailsOrHangsHoldsUpItselfAlone) {
  start({channel("hanging"), channel("slow"), channel("failing"), channel("throwing"),
         channel("quick")});

  mention(5);

  ASSERT_TRUE(eventually(delivered("quick"), "5"));
  ASSERT_TRUE(
      eventually(states("failing"), "pending 1, pending 1, pending 1, pending 1, pending 1"));
  ASSERT_TRUE(
      eventually(states("throwing"), "pending 1, pending 1, pending 1, pending 1, pending 1"));
  EXPECT_EQ(database_.value(delivered("slow")), "0");
  EXPECT_EQ(most_["slow"], 2) << "as many at once as it allows";
  EXPECT_EQ(most_["hanging"], 2);

  go_ = true;
  ASSERT_TRUE(eventually(delivered("slow"), "5"));
  EXPECT_EQ(most_["slow"], 2);
  EXPECT_EQ(sent_["slow"].size(), 5U);
  EXPECT_EQ(sent_["quick"].size(), 5U);
}

TEST_F(ChannelsTest, ASendThatHangsIsCancelledAndTriedAgain) {
  Channel hanging = channel("hanging");
  hanging.limit = 1s;
  start({hanging});
  mention(1);

  ASSERT_TRUE(eventually(states("hanging"), "pending 1"));
  EXPECT_EQ(database_.value("SELECT error FROM deliveries WHERE channel = 'hanging'"),
            "channel_is_silent");
  EXPECT_EQ((*now_)["hanging"], 0);

  go_ = true;
  clock::shift(1min);
  ASSERT_TRUE(eventually(states("hanging"), "delivered 2"));
}

TEST_F(ChannelsTest, WhatIsBeingSentIsNotSentByAnotherUntilItsLeaseEnds) {
  start({channel("hanging")});
  mention(1);
  ASSERT_TRUE(comes([&] { return (*now_)["hanging"] == 1; }));

  stop();  // In the middle, as a crash would.
  go_ = true;
  start({channel("hanging")});
  ASSERT_TRUE(eventually("SELECT count(*) FROM deliveries WHERE next_attempt_at > now()", "1"));
  run_for(1500ms);
  EXPECT_EQ(sent_["hanging"].size(), 1U);

  clock::shift(3min);
  ASSERT_TRUE(eventually(states("hanging"), "delivered 1"));
  EXPECT_EQ(sent_["hanging"].size(), 2U) << "at least once";
}

TEST_F(ChannelsTest, AClockThatJumpsSendsNothingTwice) {
  start({channel("slow")});
  mention(1);
  ASSERT_TRUE(comes([&] { return (*now_)["slow"] == 1; }));

  clock::shift(1h);
  run_for(2500ms);
  go_ = true;

  ASSERT_TRUE(eventually(states("slow"), "delivered 1"));
  EXPECT_EQ(sent_["slow"].size(), 1U);
}

TEST_F(ChannelsTest, TwoProcessesSendEachOnce) {
  start({channel("quick")});
  const auto about = given_deal(agent_, {colleague_});
  pg::Database db(io_.get_executor(), {.dsn = database_.dsn()});
  Deliverer other(io_.get_executor(), db, {channel("quick")});

  for (int i = 0; i < 30; ++i) {
    happens(note(about, {colleague_}), agent_);
    other.start_due();
  }

  ASSERT_TRUE(eventually(delivered("quick"), "30"));
  EXPECT_EQ(sent_["quick"].size(), 30U);
}

}  // namespace
}  // namespace bordero::notifications
