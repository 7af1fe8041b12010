#include "platform/https/repeats.hpp"

#include <atomic>

#include "platform/https/https_fixture.hpp"
#include "platform/https/misbehaviours.hpp"

namespace bordero::https {
namespace {

using ::testing::AllOf;
using ::testing::Ge;
using ::testing::Le;

TEST(Repeats, OnlyWhatDoesNoHarmIsMadeTwice) {
  Outcome failed{.ending = Ending::answered, .response = {.status = 503}, .left = true};
  const Outcome broken{.ending = Ending::broke_off, .left = true};
  const Outcome unheard{.ending = Ending::unreachable};
  const Request get{.call = "test", .url = ""};
  const Request post{.call = "test", .method = "POST", .url = ""};
  const Request declared{.call = "test", .method = "POST", .url = "", .repeatable = true};

  EXPECT_TRUE(worth_repeating(get, failed, false));
  EXPECT_TRUE(worth_repeating(get, broken, false));
  EXPECT_FALSE(worth_repeating(post, failed, false));
  EXPECT_FALSE(worth_repeating(post, broken, false));
  EXPECT_TRUE(worth_repeating(post, unheard, false));
  EXPECT_TRUE(worth_repeating(declared, broken, false));
  EXPECT_FALSE(worth_repeating(get, broken, true));
  failed.response.status = 404;
  EXPECT_FALSE(worth_repeating(get, failed, false));
}

TEST(Repeats, ArePausedForTheJitterAndWhatTheAnswerSays) {
  for (int i = 0; i < 100; ++i) {
    EXPECT_THAT(pause_before(1, {}), AllOf(Ge(milliseconds(50)), Le(milliseconds(200))));
    EXPECT_THAT(pause_before(9, {}), AllOf(Ge(milliseconds(50)), Le(milliseconds(1000))));
    EXPECT_THAT(pause_before(1, seconds(7)), AllOf(Ge(milliseconds(7050)), Le(milliseconds(7200))));
  }
}

// The first conversations say `first`, the others 200. Each answers one request.
class RepeatsTest : public HttpsTest {
 protected:
  std::atomic<int> requests_ = 0;

  void serve_failing(int failures, std::string first) {
    serve([this, failures, first](Peer& peer) -> awaitable<void> {
      for (;;) {
        const std::string request = co_await peer.read_request();
        if (request.empty()) co_return;
        const std::string text = ++requests_ <= failures ? first : answer_text(200, "well");
        co_await peer.write(text);
      }
    });
  }
};

TEST_F(RepeatsTest, FailsOnceThenAnswers) {
  serve_failing(1, answer_text(500, ""));

  EXPECT_EQ(send(get()).value().body, "well");
  EXPECT_EQ(requests_, 2);
  EXPECT_EQ(server_->conversations(), 1);  // Over the connection that was kept.
}

TEST_F(RepeatsTest, FailsAgainAndAgain) {
  serve_failing(100, answer_text(500, "sorry"));

  const auto answer = send(get());

  EXPECT_EQ(answer.value().status, 500);
  EXPECT_EQ(answer.value().body, "sorry");
  EXPECT_EQ(requests_, 3);
}

TEST_F(RepeatsTest, APostIsMadeOnceUnlessTheCallerSaysMore) {
  serve_failing(1, answer_text(503, ""));

  EXPECT_EQ(reason(send(post())), "answered 503");
  requests_ = 0;
  Request declared = post();
  declared.repeatable = true;
  EXPECT_EQ(reason(send(declared)), "answered 200");
}

TEST_F(RepeatsTest, TooManyRequestsUntilSeconds) {
  serve_failing(1, answer_text(429, "", "Retry-After: 1\r\n"));
  const auto before = std::chrono::steady_clock::now();

  EXPECT_EQ(reason(send(get())), "answered 200");
  EXPECT_GE(std::chrono::steady_clock::now() - before, seconds(1));
}

TEST_F(RepeatsTest, UnavailableUntilADate) {
  const auto until = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now()) + 3;
  char date[64];
  std::tm parts{};
  std::strftime(date, sizeof date, "%a, %d %b %Y %H:%M:%S GMT", gmtime_r(&until, &parts));
  serve_failing(1, answer_text(503, "", "Retry-After: " + std::string(date) + "\r\n"));

  EXPECT_EQ(reason(send(get())), "answered 200");
  EXPECT_GE(std::chrono::system_clock::now(), std::chrono::system_clock::from_time_t(until - 1));
}

TEST_F(RepeatsTest, AnAnswerIsGivenAtOnceWhenItsPauseIsTooLong) {
  serve_failing(1, answer_text(429, "", "Retry-After: 3600\r\n"));

  const auto answer = send(get());

  EXPECT_EQ(answer.value().status, 429);
  EXPECT_EQ(answer.value().header("retry-after"), "3600");
  EXPECT_EQ(requests_, 1);
}

TEST_F(RepeatsTest, ACutPostIsNotMadeAgain) {
  serve(misbehaviours::resets_the_connection);

  EXPECT_EQ(reason(send(post())), "remote_broke_off");
  EXPECT_EQ(server_->conversations(), 1);
}

// libcurl would send it again by itself, although the other side may have acted on it.
TEST_F(RepeatsTest, APostThatEndsAKeptConnectionIsNotMadeAgain) {
  serve([this](Peer& peer) -> awaitable<void> {
    const std::string first = co_await peer.read_request();
    if (first.empty()) co_return;
    ++requests_;
    const std::string text = answer_text(200, "well");
    co_await peer.write(text);
    const std::string second = co_await peer.read_request();
    if (!second.empty()) ++requests_;
    co_await peer.close();
  });

  EXPECT_EQ(reason(send(post("{}"))), "answered 200");
  EXPECT_EQ(reason(send(post("{}"))), "remote_broke_off");
  EXPECT_EQ(requests_, 2);
  EXPECT_EQ(reason(send(post(""))), "answered 200");  // Never over a kept connection.
  EXPECT_EQ(reason(send(post(""))), "answered 200");
}

TEST_F(RepeatsTest, AHostThatFailsIsLeftAlone) {
  serve_failing(1000, answer_text(500, ""));
  options_.max_repeats = 0;

  for (int i = 0; i < 20; ++i) EXPECT_EQ(reason(send(get())), "answered 500");
  const auto answer = send(get());

  EXPECT_EQ(reason(answer), "remote_paused");
  EXPECT_GT(answer.error().retry_after_s, 0);
  EXPECT_EQ(requests_, 20);
}

TEST_F(RepeatsTest, NoMoreThanATenthOfTheCallsIsRepeated) {
  serve_failing(1000, answer_text(429, ""));

  for (int i = 0; i < 20; ++i) EXPECT_EQ(reason(send(get())), "answered 429");

  EXPECT_LE(requests_, 20 + 12);
}

}  // namespace
}  // namespace bordero::https
