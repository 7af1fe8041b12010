#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <vector>

#include "platform/http/server_fixture.hpp"

namespace bordero::httpd {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

class DrainTest : public testing::Test {
 protected:
  LiveServer live_{Limits(), echo};
};

TEST_F(DrainTest, StreamsUntilTheServerDrains) {
  RawClient client(live_.port());
  client.send("GET /stream HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_THAT(client.read_to("data: 1\n\n"), HasSubstr("Transfer-Encoding: chunked"));

  live_.run([&] { live_.server().drain(); });

  EXPECT_THAT(client.read_all(), testing::EndsWith("0\r\n\r\n"));
}

TEST_F(DrainTest, FinishesWhatIsUnderWay) {
  RawClient busy(live_.port());
  RawClient idle(live_.port());
  idle.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  idle.read_to("[]");
  busy.send("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n");
  int open = 0;
  while (open == 0) live_.run([&] { open = live_.server().open_requests(); });

  live_.run([&] { live_.server().drain(); });

  EXPECT_EQ(idle.read_all(), "");
  EXPECT_THAT(busy.read_all(),
              testing::AllOf(StartsWith("HTTP/1.1 200 "), HasSubstr("Connection: close")));
  EXPECT_EQ(live_.server().open_requests(), 0);
}

TEST_F(DrainTest, LeavesKeptConnectionsOneMoreRequest) {
  RawClient kept(live_.port());
  kept.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  kept.read_to("[]");
  int open = 0;

  live_.run([&] {
    live_.server().drain();
    open = live_.server().open_requests();
  });
  kept.send("GET /last HTTP/1.1\r\nHost: x\r\n\r\n");

  EXPECT_EQ(open, 1);  // Whoever stops the process waits for it.
  EXPECT_THAT(kept.read_all(),
              testing::AllOf(HasSubstr("Connection: close"), HasSubstr("GET /last")));
  live_.run([&] { open = live_.server().open_requests(); });
  EXPECT_EQ(open, 0);
}

TEST_F(DrainTest, ServesWhoHasConnectedAlready) {
  std::vector<std::unique_ptr<RawClient>> clients;
  live_.run([&] {
    // The worker is here, so nobody accepts them but the drain.
    for (int i = 0; i < 20; ++i) clients.push_back(std::make_unique<RawClient>(live_.port()));
    live_.server().drain();
  });

  for (const auto& client : clients) {
    client->send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_THAT(client->read_all(), StartsWith("HTTP/1.1 200 "));
  }
}

TEST_F(DrainTest, MeetsConnectionsThatHaveJustEnded) {
  for (int turn = 0; turn < 100; ++turn) {
    LiveServer live(Limits(), echo);
    RawClient client(live.port());
    client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    client.read_to("[]");
    client.close();
  }
}

}  // namespace
}  // namespace bordero::httpd
