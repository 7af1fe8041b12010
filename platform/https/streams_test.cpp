#include <atomic>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "platform/https/https_fixture.hpp"
#include "platform/https/misbehaviours.hpp"

namespace bordero::https {
namespace {

constexpr std::int64_t kMiB = 1 << 20;
// What sockets, TLS and curl hold between the two sides, and a margin.
constexpr std::int64_t kBounded = 24 * kMiB;

class StreamsTest : public HttpsTest {
 protected:
  std::atomic<std::int64_t> served_ = 0;
  std::int64_t taken_ = 0;

  // Gives so many bytes in pieces of 64 KiB.
  Source source_of(std::int64_t size) {
    return [this, size]() -> awaitable<Result<std::string>> {
      const auto part = std::min<std::int64_t>(64 * 1024, size - taken_);
      taken_ += part;
      co_return std::string(static_cast<std::size_t>(part), 'u');
    };
  }
  void serve_counting() {
    serve([this](Peer& peer) -> awaitable<void> {
      for (;;) {
        const std::string some = co_await peer.read_some();
        if (some.empty()) co_return;
        served_ += static_cast<std::int64_t>(some.size());
        if (!some.ends_with("0\r\n\r\n") && !some.ends_with("#")) continue;
        const std::string text = answer_text(200, "whole");
        co_await peer.write(text);
      }
    });
  }
  void serve_download(std::int64_t size) {
    serve([this, size](Peer& peer) -> awaitable<void> {
      co_await peer.read_request();
      const std::string head =
          "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(size) + "\r\nETag: \"1\"\r\n\r\n";
      co_await peer.write(head);
      const std::string piece(64 * 1024, 'd');
      while (served_ < size) {
        const bool heard = co_await peer.write(piece);
        if (!heard) co_return;
        served_ += static_cast<std::int64_t>(piece.size());
      }
      co_await peer.gone();
    });
  }
  Request upload(std::int64_t size) {
    Request request = post("");
    request.method = "PUT";
    request.source = source_of(size);
    return request;
  }
  Request download(Sink sink) {
    Request request = get();
    request.sink = std::move(sink);
    request.max_download = 1024 * kMiB;
    return request;
  }
  Sink counting() {
    return [this](std::string piece) -> awaitable<Result<void>> {
      taken_ += static_cast<std::int64_t>(piece.size());
      co_return Result<void>();
    };
  }
  awaitable<void> wait_long() {
    asio::steady_timer timer(io_, std::chrono::hours(1));
    co_await timer.async_wait(asio::use_awaitable);
  }
};

TEST_F(StreamsTest, ABodyOfUnknownSizeGoesInChunks) {
  serve_counting();

  const auto answer = send(upload(64 * kMiB));

  EXPECT_EQ(answer.value().body, "whole");
  EXPECT_GT(served_, 64 * kMiB);
}

TEST_F(StreamsTest, ABodyOfKnownSizeGoesWithItsLength) {
  serve([](Peer& peer) -> awaitable<void> {
    const std::string request = co_await peer.read_request();
    const bool right = request.find("Content-Length: 200000\r\n") != std::string::npos &&
                       request.find("Content-Range: bytes 0-199999/400000") != std::string::npos;
    const std::string text =
        "HTTP/1.1 308 Resume Incomplete\r\nRange: bytes=0-199999\r\n"
        "Content-Length: 0\r\n\r\n";
    if (right) co_await peer.write(text);
  });
  Request part = upload(200'000);
  part.source_size = 200'000;
  part.headers = {{"Content-Range", "bytes 0-199999/400000"}};

  const auto answer = send(part);

  ASSERT_EQ(reason(answer), "answered 308");
  EXPECT_EQ(answer->header("range"), "bytes=0-199999");
}

TEST_F(StreamsTest, ASourceIsAskedForNoMoreThanTheOtherSideTakes) {
  serve([](Peer& peer) -> awaitable<void> {
    co_await peer.read(16);
    asio::steady_timer timer(co_await asio::this_coro::executor, std::chrono::hours(1));
    co_await timer.async_wait(asio::use_awaitable);
  });
  Request request = upload(1024 * kMiB);
  request.silence = milliseconds(500);

  EXPECT_EQ(reason(send(request)), "remote_too_slow");
  EXPECT_GT(taken_, 0);
  EXPECT_LT(taken_, kBounded);
}

TEST_F(StreamsTest, AServerIsStoppedWhileTheSinkIsBusy) {
  serve_download(1024 * kMiB);
  Request request = download([this](std::string piece) -> awaitable<Result<void>> {
    taken_ += static_cast<std::int64_t>(piece.size());
    co_await wait_long();
    co_return Result<void>();
  });

  EXPECT_EQ(reason(send(request, milliseconds(1000))), "remote_too_slow");
  EXPECT_GT(taken_, 0);
  EXPECT_LT(taken_, kMiB);
  EXPECT_LT(served_, kBounded);
}

TEST_F(StreamsTest, ADownloadComesWhole) {
  serve_download(64 * kMiB);

  const auto answer = send(download(counting()));

  ASSERT_EQ(reason(answer), "answered 200");
  EXPECT_EQ(answer->body, "");
  EXPECT_EQ(answer->header("etag"), "\"1\"");
  EXPECT_EQ(taken_, 64 * kMiB);
}

TEST_F(StreamsTest, ADownloadIsBounded) {
  serve_download(64 * kMiB);
  Request request = download(counting());
  request.max_download = kMiB;

  EXPECT_EQ(reason(send(request)), "remote_answer_too_large");
  EXPECT_LE(taken_, kMiB);
}

TEST_F(StreamsTest, TheExplanationOfARefusalIsNotADownload) {
  serve([](Peer& peer) { return misbehaviours::says(peer, answer_text(404, "no such file")); });

  const auto answer = send(download(counting()));

  ASSERT_EQ(reason(answer), "answered 404");
  EXPECT_EQ(answer->body, "no such file");
  EXPECT_EQ(taken_, 0);
}

TEST_F(StreamsTest, WhatBreaksOffAfterAPieceIsNotBegunAgain) {
  serve([this](Peer& peer) -> awaitable<void> {
    co_await misbehaviours::says(peer, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nten bytes.");
    // What breaks off before the sink has a piece may well be begun again.
    asio::steady_timer timer(co_await asio::this_coro::executor);
    while (served_ == 0) {
      timer.expires_after(milliseconds(1));
      co_await timer.async_wait(asio::use_awaitable);
    }
  });
  const Sink once = [this](std::string piece) -> awaitable<Result<void>> {
    served_ += static_cast<std::int64_t>(piece.size());
    co_return Result<void>();
  };

  EXPECT_EQ(reason(send(download(once))), "remote_broke_off");
  EXPECT_EQ(server_->conversations(), 1);
}

TEST_F(StreamsTest, ASinkThatRefusesEndsTheCall) {
  serve_download(64 * kMiB);
  const Sink full = [](std::string) -> awaitable<Result<void>> { co_return refused("disk_full"); };

  EXPECT_EQ(reason(send(download(full))), "disk_full");
}

TEST_F(StreamsTest, ASourceThatFailsEndsTheCall) {
  serve_counting();
  Request failing = upload(0);
  failing.source = []() -> awaitable<Result<std::string>> { co_return refused("file_changed"); };
  Request throwing = upload(0);
  throwing.source = []() -> awaitable<Result<std::string>> {
    throw Broken("the store is gone");
    co_return std::string();
  };

  EXPECT_EQ(reason(send(failing)), "file_changed");
  EXPECT_THROW(static_cast<void>(send(throwing)), Broken);
}

TEST_F(StreamsTest, ASourceGivesWhatItAnnounced) {
  serve_counting();
  for (const std::int64_t announced : {1'000'000, 10}) {
    taken_ = 0;
    Request request = upload(200'000);
    request.source_size = announced;

    EXPECT_EQ(reason(send(request)), "body_is_not_of_the_size_announced");
  }
}

TEST_F(StreamsTest, ASlowSourceIsNoSilenceOfTheOtherSide) {
  serve_counting();
  Request request = upload(0);
  int pieces = 0;
  request.source = [this, &pieces]() -> awaitable<Result<std::string>> {
    asio::steady_timer timer(io_, milliseconds(3000));
    if (++pieces == 2) co_await timer.async_wait(asio::use_awaitable);
    co_return std::string(pieces < 3 ? "piece" : "");
  };
  request.silence = milliseconds(2500);

  EXPECT_EQ(reason(send(request)), "answered 200");
}

TEST_F(StreamsTest, AnEarlyRefusalIsHeardWhileSending) {
  serve([](Peer& peer) -> awaitable<void> {
    co_await peer.read(16);
    const std::string text = answer_text(413, "too large", "Connection: close\r\n");
    co_await peer.write(text);
    co_await peer.gone();
  });

  const auto answer = send(upload(1024 * kMiB));

  EXPECT_EQ(reason(answer), "answered 413");
  EXPECT_LT(taken_, 1024 * kMiB);
}

}  // namespace
}  // namespace bordero::https
