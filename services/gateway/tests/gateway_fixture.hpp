#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "bordero/auth/v1/sessions.pb.h"
#include "bordero/crm/v1/deals.pb.h"
#include "platform/http/server_fixture.hpp"
#include "platform/testing/stores.hpp"
#include "services/gateway/src/service.hpp"

namespace bordero::gateway {

// Another service, as the gateway sees it: what it was asked, and what it is told to answer.
class FakeService : public rpc::Channel {
 public:
  using Answerer = std::function<rpc::AnyReply(const rpc::Message&)>;
  struct Call {
    rpc::Envelope envelope;
    std::unique_ptr<rpc::Message> request;
  };

  awaitable<rpc::AnyReply> call(rpc::Envelope envelope, const rpc::Message& request,
                                const rpc::Message& reply) override {
    const std::string method = envelope.method.substr(envelope.method.find('/') + 1);
    Call call{.envelope = std::move(envelope), .request = nullptr};
    call.request.reset(request.New());
    call.request->CopyFrom(request);
    calls.push_back(std::move(call));
    if (const auto found = answers.find(method); found != answers.end()) {
      co_return found->second(request);
    }
    rpc::Answer answer;
    answer.message.reset(reply.New());
    co_return std::move(answer);
  }
  bool connected() const override { return true; }

  int count(const std::string& method) const {
    int found = 0;
    for (const Call& call : calls) found += call.envelope.method.ends_with("/" + method);
    return found;
  }

  std::map<std::string, Answerer> answers;
  std::vector<Call> calls;
};

inline rpc::AnyReply answer_of(const rpc::Message& message) {
  rpc::Answer answer;
  answer.message.reset(message.New());
  answer.message->CopyFrom(message);
  return answer;
}

struct HttpAnswer {
  int status = 0;
  std::string head;
  std::string body;
};

// The gateway on real Redis, between a raw client and doubles of the services behind it.
class GatewayTest : public ::testing::Test {
 public:
  ~GatewayTest() override {
    run([this] { service_.reset(); });
    guard_.reset();
    io_.stop();
    thread_.join();
    std::filesystem::remove_all(web_root_);
  }

 protected:
  static constexpr const char* kUser = "018f0000-0000-7000-8000-00000000000a";
  static constexpr const char* kDeal = "/api/v1/deals/018f0000-0000-7000-8000-000000000001";

  GatewayTest() {
    make_web_root();
    setenv("BORDERO_GATEWAY_REDIS_URL", redis_url_.c_str(), 1);
    setenv("BORDERO_GATEWAY_AMQP_URL", "amqp://nobody:nothing@127.0.0.1:1/%2F", 1);
    config_.emplace();
    config_->http_address = "127.0.0.1:0";
    config_->public_url = "http://crm.example";
    config_->web_root = web_root_.string();
    auto auth = std::make_unique<FakeService>();
    auto crm = std::make_unique<FakeService>();
    auth_ = auth.get();
    crm_ = crm.get();
    peers_.set("auth", std::move(auth));
    peers_.set("crm", std::move(crm));
    peers_.set("audit", std::make_unique<FakeService>());
    auto notifications = std::make_unique<FakeService>();
    notifications_ = notifications.get();
    peers_.set("notifications", std::move(notifications));
    auth_->answers["ResolveSession"] = [](const rpc::Message&) { return resolved(); };
    thread_ = std::thread([this] { io_.run(); });
  }
  // Everything that the doubles know lives on the worker's thread.
  template <class Work>
  void run(Work work) {
    std::promise<void> done;
    asio::post(io_, [&] {
      work();
      done.set_value();
    });
    done.get_future().wait();
  }
  // The service is made when the test has set what it wants to.
  int port() {
    if (!service_) {
      run([this] { service_ = std::make_unique<Service>(io_.get_executor(), *config_, peers_); });
    }
    return service_->port();
  }

  HttpAnswer send(const std::string& method, const std::string& path,
                  const std::string& headers = "", const std::string& body = "") {
    std::string text = method + " " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n";
    if (!body.empty()) text += "Content-Length: " + std::to_string(body.size()) + "\r\n";
    if (body.starts_with('{')) text += "Content-Type: application/json\r\n";
    httpd::RawClient client(port());
    client.send(text + headers + "\r\n" + body);
    const std::string all = client.read_all();
    const std::size_t end = all.find("\r\n\r\n");
    if (end == std::string::npos) return {};
    return {.status = std::stoi(all.substr(9, 3)),
            .head = all.substr(0, end + 2),
            .body = all.substr(end + 4)};
  }
  static std::string bearer() { return "Authorization: Bearer secret\r\n"; }
  static std::string cookie() { return "Cookie: a=b; __Host-bordero=secret\r\n"; }

  static rpc::AnyReply resolved() {
    auth::v1::ResolvedSession session;
    session.set_session_id("s1");
    session.mutable_user()->set_id(kUser);
    session.mutable_user()->set_role(auth::v1::ROLE_AGENT);
    session.set_csrf_token("csrf");
    session.set_epoch(3);
    session.set_identity_token("identity");
    session.set_identity_expires_at(std::time(nullptr) + 120);
    return answer_of(session);
  }

  std::string redis_url_ = testing::fresh_redis_url();
  std::optional<Config> config_;
  FakeService* auth_ = nullptr;
  FakeService* crm_ = nullptr;
  FakeService* notifications_ = nullptr;

 private:
  void make_web_root() {
    web_root_ =
        std::filesystem::temp_directory_path() / ("bordero-web-" + std::to_string(getpid()));
    std::filesystem::create_directories(web_root_ / "assets");
    write("index.html", "<html><script>theme()</script><script src=\"/assets/a.js\"></script>");
    write("assets/a.js", "plain");
    write("assets/a.js.br", "brotli");
    write("assets/a.js.gz", "gzip");
  }
  void write(const char* name, const char* text) { std::ofstream(web_root_ / name) << text; }

  std::filesystem::path web_root_;
  asio::io_context io_;
  asio::executor_work_guard<asio::io_context::executor_type> guard_ = asio::make_work_guard(io_);
  rpc::Peers peers_;
  std::unique_ptr<Service> service_;
  std::thread thread_;
};

}  // namespace bordero::gateway
