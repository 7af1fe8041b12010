#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <exception>
#include <memory>
#include <optional>
#include <string>

#include "platform/https/client.hpp"
#include "platform/testing/tls_server.hpp"

namespace bordero::https {

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::Peer;
using testing::TlsServer;

// A client, and the other side that a test scripts. Its name is known to this client alone.
class HttpsTest : public ::testing::Test {
 protected:
  testing::TestCa ca_;
  std::unique_ptr<TlsServer> server_;
  asio::io_context io_{1};
  Options options_;
  std::unique_ptr<Client> client_;

  void serve(TlsServer::Script script, TlsServer::Settings settings = {}) {
    serve(ca_.issue("remote.test"), std::move(script), settings);
  }
  void serve(const testing::Certificate& certificate, TlsServer::Script script,
             TlsServer::Settings settings = {}) {
    server_ = std::make_unique<TlsServer>(certificate, std::move(script), settings);
    know_port(server_->port());
  }
  void know_port(int port) {
    port_ = port;
    options_.ca_file = ca_.file();
    options_.resolve = {"remote.test:" + std::to_string(port) + ":127.0.0.1"};
  }
  std::string url(const std::string& path = "/") const {
    return "https://remote.test:" + std::to_string(port_) + path;
  }
  Request get(const std::string& path = "/") const {
    return {.call = "test.get", .url = url(path)};
  }
  Request post(std::string body = "{}") const {
    return {.call = "test.post", .method = "POST", .url = url(), .body = std::move(body)};
  }

  Client& client() {
    if (!client_) client_ = std::make_unique<Client>(io_.get_executor(), options_);
    return *client_;
  }

  // Begins the call; `finish` runs it to its end.
  struct Sent {
    std::optional<Result<Response>> answer = {};
    std::exception_ptr thrown = {};
    bool ended = false;
    asio::cancellation_signal cancel = {};
  };
  std::shared_ptr<Sent> start(Request request, milliseconds limit = seconds(30)) {
    auto sent = std::make_shared<Sent>();
    asio::co_spawn(
        io_, call(client(), std::move(request), limit, sent),
        asio::bind_cancellation_slot(sent->cancel.slot(), [sent](std::exception_ptr thrown) {
          sent->thrown = std::move(thrown);
          sent->ended = true;
        }));
    return sent;
  }
  Result<Response> finish(const std::shared_ptr<Sent>& sent) {
    run_until([&] { return sent->ended; });
    if (sent->thrown) std::rethrow_exception(sent->thrown);
    return std::move(*sent->answer);
  }
  Result<Response> send(Request request, milliseconds limit = seconds(30)) {
    return finish(start(std::move(request), limit));
  }
  // The loop is not held up by what never comes: it looks again at least every few milliseconds.
  template <class Condition>
  void run_until(Condition condition) {
    const auto end = std::chrono::steady_clock::now() + seconds(60);
    while (!condition() && std::chrono::steady_clock::now() < end) {
      io_.restart();
      io_.run_one_for(milliseconds(5));
    }
    EXPECT_TRUE(condition());
  }
  static std::string reason(const Result<Response>& answer) {
    return answer ? "answered " + std::to_string(answer->status) : answer.error().reason;
  }

 private:
  int port_ = 0;

  static awaitable<void> call(Client& client, Request request, milliseconds limit,
                              std::shared_ptr<Sent> sent) {
    const Context ctx = system_context("test", limit);
    sent->answer.emplace(co_await client.send(ctx, std::move(request)));
  }
};

// An answer as it stands on the wire.
inline std::string answer_text(int status, const std::string& body, const std::string& more = "") {
  return "HTTP/1.1 " + std::to_string(status) + " Said\r\n" + more +
         "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

}  // namespace bordero::https
