#include "platform/https/client.hpp"

#include <atomic>

#include "platform/base/log.hpp"
#include "platform/https/https_fixture.hpp"
#include "platform/https/misbehaviours.hpp"
#include "platform/telemetry/metrics.hpp"

namespace bordero::https {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class ClientTest : public HttpsTest {
 protected:
  std::atomic<int> requests_ = 0;

  // Keeps its connections, and answers with what it was asked.
  void serve_echo() {
    serve([this](Peer& peer) -> awaitable<void> {
      for (;;) {
        const std::string request = co_await peer.read_request();
        if (request.empty()) co_return;
        ++requests_;
        const std::string text = answer_text(200, request, "X-Seen: Yes \r\n");
        co_await peer.write(text);
      }
    });
  }
};

TEST_F(ClientTest, SendsWhatItIsAskedTo) {
  serve_echo();
  Request request = post("{\"a\":1}");
  request.url = url("/bot1:token/sendMessage?x=%20y");
  request.headers = {{"Content-Type", "application/json"}, {"X-Empty", ""}};

  const auto answer = send(request);

  ASSERT_EQ(reason(answer), "answered 200");
  EXPECT_THAT(answer->body, AllOf(HasSubstr("POST /bot1:token/sendMessage?x=%20y HTTP/1.1\r\n"),
                                  HasSubstr("Content-Type: application/json\r\n"),
                                  HasSubstr("X-Empty:\r\n"), HasSubstr("Content-Length: 7\r\n"),
                                  HasSubstr("\r\n\r\n{\"a\":1}"), Not(HasSubstr("Expect"))));
  EXPECT_EQ(answer->header("x-seen"), "Yes");
  EXPECT_EQ(answer->header("x-unseen"), "");
}

TEST_F(ClientTest, KnowsTheMethods) {
  serve_echo();
  for (const std::string method : {"GET", "DELETE", "OPTIONS"}) {
    Request request = get();
    request.method = method;
    EXPECT_THAT(send(request).value().body,
                AllOf(HasSubstr(method + " / HTTP/1.1"), Not(HasSubstr("Content-Length"))));
  }
  for (const std::string method : {"POST", "PUT", "PATCH"}) {
    Request request = post("");
    request.method = method;
    EXPECT_THAT(send(request).value().body,
                AllOf(HasSubstr(method + " / HTTP/1.1"), HasSubstr("Content-Length: 0\r\n")));
  }
}

TEST_F(ClientTest, KeepsItsConnections) {
  serve_echo();

  for (int i = 0; i < 5; ++i) EXPECT_EQ(reason(send(get())), "answered 200");

  EXPECT_EQ(server_->connections(), 1);
}

TEST_F(ClientTest, RefusesHeadersAndMethodsThatEndEarly) {
  serve_echo();
  Request header = get();
  header.headers = {{"X-Name", "value\r\nX-Injected: yes"}};
  Request name = get();
  name.headers = {{"X-Name: x\r\nX-Injected", "yes"}};
  Request method = get();
  method.method = "GET / HTTP/1.1\r\nX-Injected: yes\r\n\r\nGET";

  EXPECT_EQ(reason(send(header)), "header_not_allowed");
  EXPECT_EQ(reason(send(name)), "header_not_allowed");
  EXPECT_EQ(reason(send(method)), "method_not_allowed");
  EXPECT_EQ(requests_, 0);
}

TEST_F(ClientTest, ACancelledCallLeavesNothingBehind) {
  std::atomic<bool> left = false;
  serve([&](Peer& peer) -> awaitable<void> {
    co_await peer.read_request();
    if (++requests_ == 1) {
      co_await peer.gone();
      left = true;
      co_return;
    }
    const std::string text = answer_text(200, "next");
    co_await peer.write(text);
  });
  const auto sent = start(get());
  run_until([&] { return requests_ == 1; });

  sent->cancel.emit(asio::cancellation_type::terminal);
  run_until([&] { return sent->ended && left; });

  EXPECT_TRUE(sent->thrown);
  EXPECT_FALSE(sent->answer.has_value());
  EXPECT_EQ(reason(send(get())), "answered 200");
  EXPECT_THAT(telemetry::metrics_text(),
              HasSubstr("bordero_https_requests_total{call=\"test.get\",outcome=\"cancelled\"}"));
}

TEST_F(ClientTest, TheClientMayEndBeforeItsCalls) {
  serve(misbehaviours::never_answers);
  const auto sent = start(get(), milliseconds(300));
  run_until([&] { return server_->conversations() == 1; });

  client_.reset();

  EXPECT_EQ(reason(finish(sent)), "remote_too_slow");
}

TEST_F(ClientTest, TheLoopMayEndBeforeItsCalls) {
  serve(misbehaviours::never_answers);
  asio::io_context other;
  Client client(other.get_executor(), options_);
  bool ended = false;
  asio::co_spawn(
      other,
      [](Client& to, Request request) -> awaitable<void> {
        const Context ctx = system_context("test", seconds(30));
        static_cast<void>(co_await to.send(ctx, std::move(request)));
      }(client, get()),
      [&](const std::exception_ptr&) { ended = true; });
  while (server_->conversations() == 0) other.run_one();

  EXPECT_FALSE(ended);  // The loop goes first, then the client.
}

TEST_F(ClientTest, CallsBeyondTheBoundAreTurnedAway) {
  serve(misbehaviours::never_answers);
  options_.max_calls = 1;
  const auto first = start(get(), milliseconds(500));
  run_until([&] { return server_->conversations() == 1; });

  EXPECT_EQ(reason(send(get())), "remote_busy");
  EXPECT_EQ(reason(finish(first)), "remote_too_slow");
  EXPECT_EQ(reason(send(get(), milliseconds(300))), "remote_too_slow");
}

TEST_F(ClientTest, WaitsForItsTurnOrSaysThatItComesTooLate) {
  serve_echo();
  Request request = get();
  request.rates = {{.key = "chat", .per_second = 2, .burst = 1}};
  const auto before = std::chrono::steady_clock::now();

  EXPECT_EQ(reason(send(request)), "answered 200");
  EXPECT_EQ(reason(send(request)), "answered 200");
  EXPECT_GE(std::chrono::steady_clock::now() - before, milliseconds(450));
  request.rates = {{.key = "group", .per_second = 0.01, .burst = 1}};
  EXPECT_EQ(reason(send(request, seconds(5))), "answered 200");
  EXPECT_EQ(reason(send(request, seconds(5))), "remote_rate_limited");
  EXPECT_EQ(requests_, 3);
}

// Addresses hold secrets, and so do headers and bodies.
TEST_F(ClientTest, NoSecretIsToldInLogsAndMetrics) {
  serve([](Peer& peer) { return misbehaviours::says(peer, answer_text(500, "hidden-body")); });
  Request request = post("hidden-sent");
  request.url = url("/bot77:hidden-token/sendMessage?key=hidden-key");
  request.headers = {{"Authorization", "Bearer hidden-bearer"}};
  Request wrong = request;
  wrong.url = "https://user:hidden-word@remote.test/";
  Request lost = request;
  lost.url = "https://nowhere.invalid/hidden-path";
  ::testing::internal::CaptureStdout();
  log::start("test", "debug");

  EXPECT_EQ(reason(send(request)), "answered 500");
  EXPECT_EQ(reason(send(lost)), "remote_unreachable");
  EXPECT_EQ(reason(send(wrong)), "address_not_allowed");
  const std::string said =
      ::testing::internal::GetCapturedStdout() + telemetry::metrics_text() + reason(send(wrong));

  EXPECT_THAT(said, AllOf(HasSubstr("\"call\":\"test.post\""), HasSubstr("\"host\":\"remote.test:"),
                          HasSubstr("{call=\"test.post\",outcome=\"failed\"} 1")));
  EXPECT_THAT(said, Not(HasSubstr("hidden")));
}

}  // namespace
}  // namespace bordero::https
