#pragma once

#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <chrono>
#include <future>
#include <memory>
#include <string>
#include <thread>

#include "platform/http/server.hpp"

namespace bordero::httpd {

// Answers with what it understood; /slow takes its time, /stream streams, /file is long, and
// /broken promises more than it sends.
inline awaitable<Reply> echo(Request request) {
  Reply reply;
  if (request.path == "/stream") {
    reply.stream = [](StreamWriter& writer) -> awaitable<void> {
      const bool sent = co_await writer.write("data: 1\n\n");
      if (!sent) co_return;
      asio::steady_timer timer(co_await asio::this_coro::executor, std::chrono::hours(1));
      co_await timer.async_wait(asio::use_awaitable);
    };
    co_return reply;
  }
  if (request.path == "/file" || request.path == "/broken") {
    reply.stream_size = request.path == "/file" ? 6 : 7;
    reply.stream = [](StreamWriter& writer) -> awaitable<void> {
      for (const char* piece : {"abc", "def"}) {
        std::string bytes(piece);
        const bool sent = co_await writer.write(std::move(bytes));
        if (!sent) co_return;
      }
    };
    co_return reply;
  }
  if (request.path == "/throw") throw std::runtime_error("bug");
  if (request.path == "/slow") {
    asio::steady_timer timer(co_await asio::this_coro::executor, std::chrono::milliseconds(100));
    co_await timer.async_wait(asio::use_awaitable);
  }
  reply.response.body = request.method + " " + request.path;
  for (const auto& [name, value] : request.query) {
    reply.response.body.append(" ").append(name).append("=").append(value);
  }
  reply.response.body += " [" + request.body + "]";
  if (request.header_count("x-trailer") > 0) reply.response.body += " trailer";
  co_return reply;
}

// A raw connection: tests write exactly the bytes they mean.
class RawClient {
 public:
  explicit RawClient(int port) : socket_(io_) {
    socket_.connect({asio::ip::make_address("127.0.0.1"), static_cast<std::uint16_t>(port)});
    timeval limit{.tv_sec = 10, .tv_usec = 0};
    setsockopt(socket_.native_handle(), SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  }

  void send(std::string_view bytes) {
    boost::system::error_code ignored;
    asio::write(socket_, asio::buffer(bytes), ignored);
  }
  // Everything until the server closes.
  std::string read_all() {
    std::string all;
    char bytes[4096];
    for (;;) {
      const ssize_t size = ::recv(socket_.native_handle(), bytes, sizeof bytes, 0);
      if (size <= 0) return all;
      all.append(bytes, static_cast<std::size_t>(size));
    }
  }
  // Until the text has come, or ten seconds of silence.
  std::string read_to(std::string_view text) {
    std::string all;
    char byte = 0;
    while (all.find(text) == std::string::npos) {
      if (::recv(socket_.native_handle(), &byte, 1, 0) != 1) break;
      all += byte;
    }
    return all;
  }
  void close() { socket_.close(); }

 private:
  asio::io_context io_;
  asio::ip::tcp::socket socket_;
};

// A server on a thread of its own.
class LiveServer {
 public:
  LiveServer(Limits limits, Handler handler, const Proxies& proxies = {}) {
    std::promise<void> ready;
    asio::post(io_, [&] {
      server_ = std::make_unique<Server>(
          io_.get_executor(), "127.0.0.1:0", limits,
          std::vector<std::pair<std::string, std::string>>{
              {"X-Fixed", "yes"}, {"Strict-Transport-Security", "max-age=1"}},
          handler, proxies);
      ready.set_value();
    });
    thread_ = std::thread([this] { io_.run(); });
    ready.get_future().wait();
  }
  ~LiveServer() {
    run([this] { server_.reset(); });
    guard_.reset();
    io_.stop();
    thread_.join();
  }

  template <class Work>
  void run(Work work) {
    std::promise<void> done;
    asio::post(io_, [&] {
      work();
      done.set_value();
    });
    done.get_future().wait();
  }
  Server& server() { return *server_; }
  asio::io_context& io() { return io_; }
  int port() const { return server_->port(); }

 private:
  asio::io_context io_;
  asio::executor_work_guard<asio::io_context::executor_type> guard_ = asio::make_work_guard(io_);
  std::thread thread_;
  std::unique_ptr<Server> server_;
};

}  // namespace bordero::httpd
