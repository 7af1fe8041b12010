#include "platform/rpc/resilient_channel.hpp"

#include <gtest/gtest.h>

#include "platform/rpc/rpc_fixture.hpp"

namespace bordero::rpc {
namespace {

using namespace std::chrono_literals;

// A service that answers as it is told to, and remembers what it was asked.
class Moody : public Channel {
 public:
  awaitable<AnyReply> call(Envelope envelope, const Message&, const Message& reply) override {
    calls.push_back(std::move(envelope));
    const std::string reason = mood(static_cast<int>(calls.size()));
    if (reason == "thrown") throw std::runtime_error("broken");
    if (reason == "denied") co_return forbidden("not_allowed");
    if (!reason.empty()) co_return unavailable(reason);
    Answer answer;
    answer.message.reset(reply.New());
    co_return std::move(answer);
  }
  bool connected() const override { return true; }

  std::function<std::string(int call)> mood = [](int) { return ""; };
  std::vector<Envelope> calls;
};

class Asking : public Bench {
 public:
  explicit Asking(Patience patience = quick()) {
    auto made = std::make_unique<Moody>();
    moody = made.get();
    channel = resilient_channel(std::move(made), "crm", patience);
  }
  static Patience quick() {
    Patience patience;
    patience.least_pause = 1ms;
    patience.most_pause = 2ms;
    patience.budget_at_once = 1'000;
    return patience;
  }
  AnyReply ask(const char* method, const std::string& key = "", const char* caller = "gateway",
               std::chrono::milliseconds time = 5'000ms) {
    Envelope sent = envelope(method, "");
    sent.caller_service = caller;
    sent.idempotency_key = key;
    sent.time_left = time;
    return run(channel->call(sent, get_deal(), crm::v1::Deal::default_instance()));
  }
  std::size_t asked() const { return moody->calls.size(); }

  Moody* moody = nullptr;
  std::unique_ptr<Channel> channel;
};

std::string gone(int) { return "dependency_unavailable"; }

TEST(Repeats, AReadThatGotNoAnswerIsMadeAgain) {
  Asking bench;
  bench.moody->mood = [](int call) { return call < 2 ? "dependency_unavailable" : ""; };

  EXPECT_TRUE(bench.ask("GetDeal").ok());
  EXPECT_EQ(bench.asked(), 2u);
}

TEST(Repeats, AreTwoAtMost) {
  Patience patience = Asking::quick();
  patience.budget = 5;
  Asking bench(patience);
  bench.moody->mood = gone;

  EXPECT_EQ(bench.ask("GetDeal").error().reason, "dependency_unavailable");
  EXPECT_EQ(bench.asked(), 3u);
}

TEST(Repeats, AChangeIsMadeAgainUnderItsKeyOnly) {
  Patience patience = Asking::quick();
  patience.budget = 5;
  Asking bench(patience);
  bench.moody->mood = gone;

  EXPECT_FALSE(bench.ask("CreateDeal").ok());
  EXPECT_EQ(bench.asked(), 1u) << "a client that sent no key";
  EXPECT_FALSE(bench.ask("CreateDeal", "key").ok());
  EXPECT_EQ(bench.asked(), 4u);
  for (std::size_t i = 1; i < 4; ++i) EXPECT_EQ(bench.moody->calls[i].idempotency_key, "key");

  bench.moody->mood = [](int) { return "outcome_unknown"; };
  EXPECT_FALSE(bench.ask("GetDeal").ok());
  EXPECT_FALSE(bench.ask("CreateDeal").ok());
  EXPECT_EQ(bench.asked(), 6u);
  EXPECT_FALSE(bench.ask("CreateDeal", "key").ok());
  EXPECT_EQ(bench.asked(), 9u) << "which of the two it was is what the key tells";
}

TEST(Repeats, AServiceThatChangesSomethingElsewhereHasOneKeyForAllItsTries) {
  Patience patience = Asking::quick();
  patience.budget = 5;
  Asking bench(patience);
  bench.moody->mood = gone;

  EXPECT_FALSE(bench.ask("CreateDeal", "", "tasks").ok());

  ASSERT_EQ(bench.asked(), 3u);
  const std::string key = bench.moody->calls[0].idempotency_key;
  EXPECT_TRUE(Uuid::parse(key).has_value());
  EXPECT_EQ(bench.moody->calls[2].idempotency_key, key);
}

TEST(Repeats, AnAnswerIsAnAnswer) {
  Asking bench;
  for (const char* reason : {"denied", "too_many_hashes", "identity_key_unknown"}) {
    bench.moody->mood = [reason](int) { return reason; };
    EXPECT_FALSE(bench.ask("GetDeal").ok());
  }
  EXPECT_EQ(bench.asked(), 3u);
}

TEST(Repeats, EndWithTheDeadline) {
  Patience patience = Asking::quick();
  patience.least_pause = patience.most_pause = 500ms;
  Asking bench(patience);
  bench.moody->mood = gone;

  EXPECT_FALSE(bench.ask("GetDeal", "", "gateway", 400ms).ok());
  EXPECT_EQ(bench.asked(), 1u);
}

TEST(Repeats, PassOnWhatIsLeftOfTheTime) {
  Asking bench;
  bench.moody->mood = [](int call) { return call < 2 ? "deadline_exceeded" : ""; };

  EXPECT_TRUE(bench.ask("GetDeal", "", "gateway", 300ms).ok());
  EXPECT_LT(bench.moody->calls[1].time_left, 300ms);
  EXPECT_GT(bench.moody->calls[1].time_left, 0ms);
}

// Two of five calls fail, for ever: never enough for the breaker, and more than the budget repeats.
TEST(Repeats, AreATenthOfAllCallsAtMost) {
  Asking bench;
  constexpr int kCalls = 500;
  int first_tries = 0;
  bool repeat = false;
  bench.moody->mood = [&](int) -> std::string {
    if (!repeat) ++first_tries;
    const bool fails = first_tries % 5 < 2;
    repeat = false;
    return fails ? "dependency_unavailable" : "";
  };

  for (int i = 0; i < kCalls; ++i) (void)bench.ask("GetDeal");

  const auto repeats = static_cast<int>(bench.asked()) - kCalls;
  EXPECT_LE(repeats, kCalls / 10 + 1);
  EXPECT_GE(repeats, kCalls / 20) << "and they are used";
}

TEST(BreakerTest, OpensAtHalfOfTwentyAndTriesOneAfterItsTime) {
  Breaker breaker{Patience()};
  auto now = Breaker::Clock::now();
  for (int i = 0; i < 19; ++i) breaker.tell(i % 2 == 0, now);
  EXPECT_TRUE(breaker.admits(now)) << "nineteen say nothing";

  breaker.tell(true, now);
  EXPECT_FALSE(breaker.admits(now));
  EXPECT_FALSE(breaker.admits(now + 4'900ms));
  breaker.tell(false, now + 1s);  // Was under way when it opened.
  EXPECT_FALSE(breaker.admits(now + 4'900ms));

  now += 5s;
  EXPECT_TRUE(breaker.admits(now));
  EXPECT_FALSE(breaker.admits(now)) << "one at a time";
  breaker.tell(true, now);
  EXPECT_FALSE(breaker.admits(now + 4s));

  now += 5s;
  EXPECT_TRUE(breaker.admits(now));
  breaker.tell(false, now);
  EXPECT_TRUE(breaker.admits(now));
  EXPECT_TRUE(breaker.admits(now));
}

TEST(BreakerTest, JudgesTheLastTenSeconds) {
  Breaker breaker{Patience()};
  const auto now = Breaker::Clock::now();
  for (int i = 0; i < 19; ++i) breaker.tell(true, now);

  breaker.tell(true, now + 11s);

  EXPECT_TRUE(breaker.admits(now + 11s)) << "those of long ago say nothing";
}

TEST(BreakerTest, NothingIsAskedWhileItIsOpen) {
  Patience patience = Asking::quick();
  patience.open_time = 1h;
  Asking bench(patience);
  bench.moody->mood = gone;
  for (int i = 0; i < 30; ++i) EXPECT_FALSE(bench.ask("CreateDeal").ok());
  const std::size_t before = bench.asked();

  const auto reply = bench.ask("GetDeal");

  EXPECT_EQ(before, 20u);
  EXPECT_EQ(bench.asked(), before);
  EXPECT_EQ(reply.error().kind, ErrorKind::unavailable);
  EXPECT_GE(reply.error().retry_after_s, 1);
  EXPECT_NE(telemetry::metrics_text().find("bordero_rpc_breakers_open{to=\"crm\"} 1"),
            std::string::npos);
}

TEST(BreakerTest, AProbeThatBrokeOffIsAFailureAndNotTheLastOfAll) {
  Patience patience = Asking::quick();
  patience.open_time = 0ms;
  Asking bench(patience);
  bench.moody->mood = gone;
  for (int i = 0; i < 20; ++i) EXPECT_FALSE(bench.ask("CreateDeal").ok());

  bench.moody->mood = [](int) { return "thrown"; };
  EXPECT_THROW(static_cast<void>(bench.ask("GetDeal")), std::runtime_error);
  bench.moody->mood = [](int) { return ""; };

  EXPECT_TRUE(bench.ask("GetDeal").ok());
}

}  // namespace
}  // namespace bordero::rpc
