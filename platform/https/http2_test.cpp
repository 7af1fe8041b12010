#include <atomic>
#include <string>

#include "platform/https/https_fixture.hpp"

namespace bordero::https {
namespace {

// As much of HTTP/2 as a server needs that answers every request with one status and no thought.
struct Frame {
  int type = 0;
  int flags = 0;
  std::uint32_t stream = 0;
  std::string payload = {};
};
enum : std::uint8_t { kData = 0, kHeaders = 1, kReset = 3, kSettings = 4, kGoAway = 7 };

std::string number(std::uint32_t value, int bytes) {
  std::string text;
  for (int i = bytes - 1; i >= 0; --i) text += static_cast<char>(value >> (8 * i) & 0xFF);
  return text;
}

std::string frame(int type, int flags, std::uint32_t stream, const std::string& payload) {
  return number(static_cast<std::uint32_t>(payload.size()), 3) + static_cast<char>(type) +
         static_cast<char>(flags) + number(stream, 4) + payload;
}

std::string settings() { return frame(kSettings, 0, 0, ""); }
std::string answer(std::uint32_t stream, const std::string& body) {
  return frame(kHeaders, 4, stream, "\x88") + frame(kData, 1, stream, body);  // :status 200.
}
std::string go_away(std::uint32_t last, std::uint32_t error) {
  return frame(kGoAway, 0, 0, number(last, 4) + number(error, 4));
}

awaitable<Frame> read_frame(Peer& peer) {
  const std::string head = co_await peer.read(9);
  Frame read;
  if (head.empty()) {
    read.type = -1;
    co_return read;
  }
  const auto byte = [&head](std::size_t at) {
    return static_cast<std::uint32_t>(static_cast<unsigned char>(head[at]));
  };
  const std::uint32_t size = byte(0) << 16 | byte(1) << 8 | byte(2);
  read.type = static_cast<int>(byte(3));
  read.flags = static_cast<int>(byte(4));
  read.stream = byte(5) << 24 | byte(6) << 16 | byte(7) << 8 | byte(8);
  if (size > 0) read.payload = co_await peer.read(size);
  co_return read;
}

class Http2Test : public HttpsTest {
 protected:
  using Answer = std::function<std::string(int connection, std::uint32_t stream)>;
  std::atomic<int> requests_ = 0;

  // Says what the answer gives to each request; an empty one ends the connection.
  void serve_http2(Answer answer) {
    serve(
        [this, answer](Peer& peer) -> awaitable<void> {
          co_await peer.read(24);
          std::string text = settings();
          co_await peer.write(text);
          for (;;) {
            const Frame frame = co_await read_frame(peer);
            if (frame.type < 0) co_return;
            if (frame.type != kHeaders) continue;
            ++requests_;
            text = answer(peer.number(), frame.stream);
            if (text.empty()) co_return;
            co_await peer.write(text);
          }
        },
        {.http2 = true});
  }
};

TEST_F(Http2Test, CallsShareOneConnection) {
  serve_http2([](int, std::uint32_t stream) { return answer(stream, "second version"); });

  const auto first = start(get());
  const auto second = start(get());

  EXPECT_EQ(finish(first).value().body, "second version");
  EXPECT_EQ(finish(second).value().body, "second version");
  EXPECT_EQ(send(get()).value().status, 200);
  EXPECT_EQ(server_->connections(), 1);
}

// What the other side says it has not looked at is made again, a POST too.
TEST_F(Http2Test, GoesAwayBeforeLookingAtARequest) {
  serve_http2([](int connection, std::uint32_t stream) {
    return connection == 1 ? go_away(0, 0) : answer(stream, "elsewhere");
  });

  const auto said = send(get());

  EXPECT_EQ(said.value().body, "elsewhere");
  EXPECT_EQ(server_->connections(), 2);
}

TEST_F(Http2Test, GoesAwayAfterAnswering) {
  serve_http2([](int, std::uint32_t stream) {
    return go_away(stream, 0) + answer(stream, "the last one");
  });

  EXPECT_EQ(send(get()).value().body, "the last one");
  EXPECT_EQ(send(get()).value().body, "the last one");
  EXPECT_EQ(server_->connections(), 2);
}

TEST_F(Http2Test, RefusesTheStream) {
  serve_http2([](int connection, std::uint32_t stream) {
    return connection == 1 ? frame(kReset, 0, stream, number(7, 4)) : answer(stream, "again");
  });

  EXPECT_EQ(send(get()).value().body, "again");
}

TEST_F(Http2Test, ResetsTheStreamInTheMiddle) {
  serve_http2([](int, std::uint32_t stream) {
    return frame(kHeaders, 4, stream, "\x88") + frame(kData, 0, stream, "half") +
           frame(kReset, 0, stream, number(2, 4));
  });

  EXPECT_EQ(reason(send(post())), "remote_broke_off");
  EXPECT_EQ(requests_, 1);
}

TEST_F(Http2Test, SendsFramesThatAreNone) {
  serve_http2([](int, std::uint32_t stream) {
    return frame(kHeaders, 4, stream, std::string(100, '\xFF'));
  });

  EXPECT_EQ(reason(send(post())), "remote_broke_off");
}

}  // namespace
}  // namespace bordero::https
