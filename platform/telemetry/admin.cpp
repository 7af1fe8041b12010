#include "platform/telemetry/admin.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <charconv>
#include <chrono>
#include <string_view>
#include <thread>

#include "platform/base/async.hpp"
#include "platform/base/error.hpp"
#include "platform/base/log.hpp"
#include "platform/telemetry/health.hpp"
#include "platform/telemetry/metrics.hpp"

namespace bordero::telemetry {
namespace {

using asio::ip::tcp;

constexpr int kConnections = 32;
constexpr std::size_t kRequestBytes = 8 * 1024;
constexpr auto kRequestTime = std::chrono::seconds(5);
constexpr auto kDone = asio::as_tuple(asio::use_awaitable);

struct Answer {
  std::string_view status;
  std::string_view type;
  std::string body;
};

std::string readiness_json() {
  std::string json = ready() ? R"({"ready":true)" : R"({"ready":false)";
  json += stopping() ? R"(,"stopping":true)" : R"(,"stopping":false)";
  json += R"(,"dependencies":[)";
  const char* separator = "";
  for (const auto& dependency : dependencies()) {
    json += separator;
    json += R"({"name":")" + dependency.name + R"(","up":)";
    json += dependency.up ? "true}" : "false}";
    separator = ",";
  }
  return json + "]}\n";
}

Answer answer_to(std::string_view request) {
  const auto line = request.substr(0, request.find("\r\n"));
  const auto asks = [&](std::string_view path) {
    return line == "GET " + std::string(path) + " HTTP/1.1" ||
           line == "GET " + std::string(path) + " HTTP/1.0";
  };
  if (asks("/metrics")) return {"200 OK", "text/plain; version=0.0.4", metrics_text()};
  if (asks("/healthz")) return {"200 OK", "application/json", "{\"healthy\":true}\n"};
  if (asks("/readyz")) {
    return {ready() ? "200 OK" : "503 Service Unavailable", "application/json", readiness_json()};
  }
  return {"404 Not Found", "text/plain", "/metrics, /healthz, /readyz\n"};
}

std::string wire(const Answer& answer) {
  std::string text = "HTTP/1.1 " + std::string(answer.status) + "\r\nContent-Type: ";
  text += std::string(answer.type) + "\r\nContent-Length: " + std::to_string(answer.body.size());
  return text + "\r\nConnection: close\r\n\r\n" + answer.body;
}

awaitable<void> serve(tcp::socket& socket) {
  std::string request;
  auto buffer = asio::dynamic_buffer(request, kRequestBytes);
  const auto [failed, size] = co_await asio::async_read_until(socket, buffer, "\r\n\r\n", kDone);
  if (failed) co_return;
  const std::string answer = wire(answer_to(request));
  const auto sent = asio::buffer(answer);
  co_await asio::async_write(socket, sent, kDone);
}

// Splits host:port; the host is an address, so nothing is resolved.
tcp::endpoint endpoint_of(const std::string& address) {
  const auto colon = address.rfind(':');
  std::uint16_t port = 0;
  const char* const end = address.data() + address.size();
  boost::system::error_code bad;
  const auto host = asio::ip::make_address(address.substr(0, colon), bad);
  const bool whole = colon != std::string::npos &&
                     std::from_chars(address.data() + colon + 1, end, port).ptr == end;
  if (bad || !whole) throw Broken("the admin address is not address:port: " + address);
  return {host, port};
}

}  // namespace

struct AdminServer::State {
  asio::io_context context{1};
  tcp::acceptor acceptor;
  int connections = 0;
  std::thread thread;

  explicit State(const std::string& address) : acceptor(context, endpoint_of(address)) {}

  awaitable<void> converse(tcp::socket socket) {
    asio::steady_timer limit(context, kRequestTime);
    limit.async_wait([&socket](boost::system::error_code cancelled) {
      boost::system::error_code ignored;
      if (!cancelled) socket.close(ignored);
    });
    co_await serve(socket);
    // The handler of a timer that has just fired must not find the socket gone.
    if (limit.cancel() == 0) co_await asio::post(context, kDone);
    --connections;
  }

  awaitable<void> accept() {
    for (;;) {
      auto [failed, socket] = co_await acceptor.async_accept(kDone);
      if (failed == asio::error::operation_aborted) co_return;
      if (failed || connections >= kConnections) continue;
      ++connections;
      asio::co_spawn(context, converse(std::move(socket)), asio::detached);
    }
  }
};

AdminServer::AdminServer(const std::string& address) : state_(std::make_unique<State>(address)) {
  asio::co_spawn(state_->context, state_->accept(), asio::detached);
  state_->thread = std::thread([this] { state_->context.run(); });
  log::info("admin server listens", {{"port", port()}});
}

AdminServer::~AdminServer() {
  state_->context.stop();
  state_->thread.join();
}

int AdminServer::port() const { return state_->acceptor.local_endpoint().port(); }

}  // namespace bordero::telemetry
