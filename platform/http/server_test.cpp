#include "platform/http/server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "platform/http/server_fixture.hpp"

namespace bordero::httpd {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class ServerTest : public testing::Test {
 protected:
  static Limits limits() {
    Limits limits;
    limits.body_bytes = 1000;
    return limits;
  }
  // For what waits until a time is over. A machine may rest longer than that between two lines of
  // a test.
  static Limits impatient() {
    Limits short_times = limits();
    short_times.header_time = 300ms;
    short_times.body_time = 400ms;
    short_times.idle_time = 300ms;
    return short_times;
  }

  std::string exchange(std::string_view bytes) {
    RawClient client(live_.port());
    client.send(bytes);
    return client.read_all();
  }
  static std::string get(const std::string& target, const std::string& headers = "") {
    return "GET " + target + " HTTP/1.1\r\nHost: x\r\n" + headers + "Connection: close\r\n\r\n";
  }
  static std::string post(const std::string& headers, const std::string& body) {
    return "POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + headers + "\r\n" + body;
  }

  LiveServer live_{limits(), echo};
};

TEST_F(ServerTest, AnswersWithTheFixedHeaders) {
  const std::string answer = exchange(get("/a%20b?x=1%2B2&y=a+b"));

  EXPECT_THAT(answer, StartsWith("HTTP/1.1 200 OK\r\n"));
  EXPECT_THAT(answer, HasSubstr("X-Fixed: yes\r\n"));
  EXPECT_THAT(answer, HasSubstr("GET /a b x=1+2 y=a b []"));
}

TEST_F(ServerTest, ReadsBodiesOfBothKinds) {
  EXPECT_THAT(exchange(post("Content-Length: 3\r\n", "abc")), HasSubstr("[abc]"));
  EXPECT_THAT(exchange(post("Transfer-Encoding: chunked\r\n", "2\r\nab\r\n1\r\nc\r\n0\r\n\r\n")),
              HasSubstr("[abc]"));
}

TEST_F(ServerTest, TrailersAreNotHeaders) {
  const std::string answer =
      exchange(post("Transfer-Encoding: chunked\r\n", "1\r\na\r\n0\r\nX-Trailer: yes\r\n\r\n"));

  EXPECT_THAT(answer, Not(HasSubstr("trailer")));
}

TEST_F(ServerTest, PipelinedRequestsAreAnsweredInOrder) {
  const std::string first = "POST /slow HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\n1";

  const std::string answer = exchange(first + get("/second"));

  EXPECT_LT(answer.find("POST /slow [1]"), answer.find("GET /second"));
  EXPECT_NE(answer.find("GET /second"), std::string::npos);
}

TEST_F(ServerTest, DoubtfulFramingIsRefusedAndTheConnectionCloses) {
  const std::string smuggled = "GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n";
  const std::vector<std::string> attacks = {
      post("Content-Length: 0\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"),
      post("Content-Length: 1\r\nContent-Length: 1\r\n", "a"),
      post("Content-Length: 1, 1\r\n", "a"),
      post("Content-Length: +1\r\n", "a"),
      post("Content-Length: -1\r\n", "a"),
      post("Content-Length: 0x1\r\n", "a"),
      post("Content-Length: 1e0\r\n", "a"),
      post("Content-Length:\r\n", "a"),
      post("Content-Length: 99999999999999999999\r\n", "a"),
      post("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n"),
      post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"),
      post("Transfer-Encoding: xchunked\r\n", "0\r\n\r\n"),
      post("Transfer-Encoding : chunked\r\n", "0\r\n\r\n"),
      post("Transfer-Encoding: chunked\r\n", "1\nab\n0\n\n"),
      post("Transfer-Encoding: chunked\r\n", "zz\r\nab\r\n0\r\n\r\n"),
      post("Transfer-Encoding: chunked\r\n", "-1\r\nab\r\n0\r\n\r\n"),
      post("Transfer-Encoding: chunked\r\n", "2\r\nabXX0\r\n\r\n"),
      post("Transfer-Encoding: chunked\r\n", "fffffffffffffffff\r\nab\r\n0\r\n\r\n"),
      post("X-Folded: a\r\n b\r\nContent-Length: 0\r\n", ""),
      post("Content-Length: 0\r\n X: y\r\n", ""),
      post("X\x01Y: a\r\nContent-Length: 0\r\n", ""),
      post(std::string("X-Nul: a\0b\r\n", 12) + "Content-Length: 0\r\n", ""),
      post("X-Cr: a\rb\r\nContent-Length: 0\r\n", ""),
      post("X-Lf: a\nContent-Length: 0\r\n", ""),
      post(": empty\r\nContent-Length: 0\r\n", ""),
      post("no colon\r\nContent-Length: 0\r\n", ""),
      "GET / HTTP/1.1\nHost: x\n\n",
      "GET / HTTP/1.1\r\nHost: x\r\n\n",
      "\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n",
      "GET  / HTTP/1.1\r\nHost: x\r\n\r\n",
      "GET / HTTP/1.1 \r\nHost: x\r\n\r\n",
      "GET\t/ HTTP/1.1\r\nHost: x\r\n\r\n",
      "GET /\x80 HTTP/1.1\r\nHost: x\r\n\r\n",
      "GET / HTTP/1.1\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: x y\r\n\r\n",
      "GET http://x/ HTTP/1.1\r\nHost: x\r\n\r\n",
      "GET * HTTP/1.1\r\nHost: x\r\n\r\n",
      "GET /\r\n\r\n",
      get("/%zz"),
      get("/%0"),
      get("/%00"),
      get("/a/../b"),
      get("/a/%2e%2e/b"),
      get("/a/.."),
      get("//a"),
      get("/a%2fb"),
      get("/a%5Cb"),
      get("/a#b"),
  };
  for (const std::string& attack : attacks) {
    const std::string answer = exchange(attack + smuggled);

    EXPECT_THAT(answer, StartsWith("HTTP/1.1 400 ")) << attack;
    EXPECT_THAT(answer, HasSubstr("Connection: close")) << attack;
    EXPECT_THAT(answer, HasSubstr("\"code\":\"malformed_request\"")) << attack;
    EXPECT_THAT(answer, Not(HasSubstr("smuggled"))) << attack;
  }
}

TEST_F(ServerTest, UnknownMethodsAndVersionsAreNamed) {
  for (const char* method : {"TRACE", "CONNECT", "BREW", "get"}) {
    EXPECT_THAT(exchange(std::string(method) + " / HTTP/1.1\r\nHost: x\r\n\r\n"),
                testing::AllOf(StartsWith("HTTP/1.1 405 "), HasSubstr("Allow: ")));
  }
  EXPECT_THAT(exchange("GET / HTTP/2.0\r\nHost: x\r\n\r\n"), StartsWith("HTTP/1.1 505 "));
  EXPECT_THAT(exchange("GET / HTTP/1.0\r\n\r\n"), StartsWith("HTTP/1.1 200 "));
}

TEST_F(ServerTest, EachLimitHoldsAtBelowAndAbove) {
  const auto url = [&](std::size_t size) {
    return exchange(get("/" + std::string(size - 1, 'a')));
  };
  EXPECT_THAT(url(8 * 1024), StartsWith("HTTP/1.1 200 "));
  EXPECT_THAT(url(8 * 1024 + 1), StartsWith("HTTP/1.1 414 "));
  EXPECT_THAT(url(80 * 1024), StartsWith("HTTP/1.1 414 "));

  const auto headers = [&](int count) {
    std::string many;
    for (int i = 0; i < count - 2; ++i) many += "X: y\r\n";
    return exchange(get("/", many));
  };
  EXPECT_THAT(headers(100), StartsWith("HTTP/1.1 200 "));
  EXPECT_THAT(headers(101), StartsWith("HTTP/1.1 431 "));

  const auto header_bytes = [&](std::size_t size) {
    const std::string fixed = "Host: x\r\nConnection: close\r\nX: \r\n\r\n";
    return exchange(get("/", "X: " + std::string(size - fixed.size(), 'a') + "\r\n"));
  };
  EXPECT_THAT(header_bytes(16 * 1024), StartsWith("HTTP/1.1 200 "));
  EXPECT_THAT(header_bytes(16 * 1024 + 1), StartsWith("HTTP/1.1 431 "));
  EXPECT_THAT(header_bytes(160 * 1024), StartsWith("HTTP/1.1 431 "));

  const auto body = [&](std::size_t size) {
    return exchange(
        post("Content-Length: " + std::to_string(size) + "\r\n", std::string(size, 'a')));
  };
  EXPECT_THAT(body(999), StartsWith("HTTP/1.1 200 "));
  EXPECT_THAT(body(1000), StartsWith("HTTP/1.1 200 "));
  EXPECT_THAT(body(1001), StartsWith("HTTP/1.1 413 "));
  EXPECT_THAT(exchange(post("Transfer-Encoding: chunked\r\n",
                            "3e9\r\n" + std::string(1001, 'a') + "\r\n0\r\n\r\n")),
              StartsWith("HTTP/1.1 413 "));
}

TEST_F(ServerTest, SlowClientsAreGivenUp) {
  LiveServer live(impatient(), echo);
  RawClient in_head(live.port());
  in_head.send("GET / HTTP/1.1\r\nHo");
  RawClient in_body(live.port());
  in_body.send(post("Content-Length: 10\r\n", "abc"));
  RawClient silent(live.port());
  RawClient idle(live.port());
  idle.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");

  EXPECT_THAT(in_head.read_all(), StartsWith("HTTP/1.1 408 "));
  EXPECT_THAT(in_body.read_all(), StartsWith("HTTP/1.1 408 "));
  EXPECT_EQ(silent.read_all(), "");
  EXPECT_THAT(idle.read_all(), testing::EndsWith("GET / []"));
}

TEST_F(ServerTest, AnExceptionIsA500AndTheConnectionLives) {
  const std::string answer = exchange("GET /throw HTTP/1.1\r\nHost: x\r\n\r\n" + get("/after"));

  EXPECT_THAT(answer, StartsWith("HTTP/1.1 500 "));
  EXPECT_THAT(answer, HasSubstr("GET /after"));
  EXPECT_THAT(answer, Not(HasSubstr("bug")));
}

TEST_F(ServerTest, HeadHasNoBody) {
  const std::string answer = exchange("HEAD /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

  EXPECT_THAT(answer, HasSubstr("Content-Length: 10\r\n"));
  EXPECT_THAT(answer, testing::EndsWith("\r\n\r\n"));
}

TEST_F(ServerTest, ContinuesWhenAsked) {
  RawClient client(live_.port());
  client.send(post("Content-Length: 2\r\nExpect: 100-continue\r\n", ""));
  EXPECT_THAT(client.read_to("\r\n\r\n"), StartsWith("HTTP/1.1 100 Continue"));

  client.send("ok");
  EXPECT_THAT(client.read_all(), HasSubstr("[ok]"));
}

TEST_F(ServerTest, ConnectionsOfOneAddressAreBounded) {
  Limits few = limits();
  few.connections_per_address = 2;
  LiveServer live(few, echo);
  RawClient first(live.port());
  RawClient second(live.port());
  first.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  first.read_to("[]");
  second.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  second.read_to("[]");

  RawClient third(live.port());

  EXPECT_THAT(third.read_all(), StartsWith("HTTP/1.1 503 "));
}

TEST_F(ServerTest, IdleConnectionsGiveWayNearTheBound) {
  Limits few = impatient();
  few.connections = 1;
  few.idle_time = 10s;
  LiveServer live(few, echo);
  RawClient idle(live.port());
  idle.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  idle.read_to("[]");
  RawClient next(live.port());
  next.read_all();  // Refused, or served once the idle one is gone.

  RawClient last(live.port());
  last.send(get("/"));
  EXPECT_THAT(last.read_all(), StartsWith("HTTP/1.1 200 "));
}

}  // namespace
}  // namespace bordero::httpd
