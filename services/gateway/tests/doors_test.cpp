#include <google/protobuf/descriptor.pb.h>

#include "platform/json/json.hpp"
#include "platform/mq/mq.hpp"
#include "platform/mq/topology.hpp"
#include "platform/testing/faulty_proxy.hpp"
#include "services/gateway/src/documents.hpp"
#include "services/gateway/src/doors/secret_file.hpp"
#include "services/gateway/tests/gateway_fixture.hpp"

namespace bordero::gateway {
namespace {

using ::testing::HasSubstr;

std::vector<std::pair<std::string, std::string>> headers_of(const Received& received) {
  std::vector<std::pair<std::string, std::string>> all;
  for (const auto& header : received.headers()) all.emplace_back(header.name(), header.value());
  return all;
}

// The contract that a bot and a store of files would declare.
rpc::Queues declared_doors() {
  google::protobuf::DescriptorPool pool(google::protobuf::DescriptorPool::generated_pool());
  google::protobuf::FileDescriptorProto file;
  file.set_name("doors.proto");
  file.set_package("bordero.telegram.v1");
  file.add_dependency("bordero/queues.proto");
  auto& options = *file.mutable_options();
  Queue& queue = *options.AddExtension(bordero::queue);
  queue.set_name("telegram.updates");
  queue.add_senders("gateway");
  queue.set_about("Updates as they came.");
  Webhook& bot = *options.AddExtension(bordero::webhook);
  bot.set_path("/telegram/webhook");
  bot.set_queue("telegram.updates");
  bot.set_secret_header("X-Telegram-Bot-Api-Secret-Token");
  bot.set_secret_file("telegram");
  bot.set_max_bytes(2000);
  Webhook& drive = *options.AddExtension(bordero::webhook);
  drive.set_path("/drive/notifications");
  drive.set_queue("telegram.updates");
  drive.mutable_signed_header()->set_name("X-Goog-Channel-ID");
  drive.mutable_signed_header()->set_signature("X-Goog-Channel-Token");
  drive.set_secret_file("drive");
  for (const char* name : {"x-goog-channel-id", "x-goog-message-number", "x-goog-resource-state"}) {
    drive.add_headers(name);
  }
  return rpc::queues_in({pool.BuildFile(file)});
}

class DoorsTest : public GatewayTest {
 protected:
  DoorsTest() {
    std::filesystem::create_directories(secrets_);
    keep("telegram", "right-secret\n");
    keep("drive", "key-of-drive\n");
    config_->queues = declared_doors();
    config_->amqp_url = proxy_.url();
    config_->door_secrets = secrets_.string();
    declare_queue();
    port();
    open();
  }
  void TearDown() override { std::filesystem::remove_all(secrets_); }

  // A door opens when the gateway has a link to the broker.
  void open() {
    const bool taken = eventually([&] { return post("right-secret", "{}").status == 200; });
    ensure(taken, "the door opens");
    looking_.delete_queue("telegram.updates");
    declare_queue();
  }
  void declare_queue() {
    looking_.declare_queue("telegram.updates", {});
    mq::bind_inlet(looking_, "telegram.updates");
  }
  HttpAnswer post(const std::string& secret, const std::string& body) {
    return send("POST", "/telegram/webhook", "X-Telegram-Bot-Api-Secret-Token: " + secret + "\r\n",
                body);
  }
  HttpAnswer notify(const std::string& channel, const std::string& token, int number) {
    return send("POST", "/drive/notifications",
                "X-Goog-Channel-ID: " + channel + "\r\nX-Goog-Channel-Token: " + token +
                    "\r\nX-Goog-Message-Number: " + std::to_string(number) +
                    "\r\nX-Goog-Resource-State: change\r\nContent-Length: 0\r\n");
  }
  // Written whole, and renamed to its place as mounted secrets are.
  void keep(const std::string& name, const std::string& text) {
    std::ofstream(secrets_ / (name + ".new")) << text;
    std::filesystem::rename(secrets_ / (name + ".new"), secrets_ / name);
  }
  std::optional<mq::Message> next() {
    auto delivery = looking_.get("telegram.updates");
    if (!delivery) return std::nullopt;
    looking_.acknowledge(delivery->tag, false);
    return std::move(delivery->message);
  }
  static Received content_of(const mq::Message& message) {
    Received received;
    ensure(json::parse_stored(message.body, received).ok(), "a door's message can be read");
    return received;
  }
  template <class Holds>
  static bool eventually(Holds holds) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (!holds()) {
      if (std::chrono::steady_clock::now() > end) return false;
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return true;
  }

  testing::FreshBroker broker_;
  testing::FaultyProxy proxy_{broker_.url()};
  mq::Broker looking_{broker_.url(), "test"};
  std::filesystem::path secrets_ =
      std::filesystem::temp_directory_path() / ("bordero-doors-" + std::to_string(getpid()));
};

TEST_F(DoorsTest, WhatComesWithTheRightSecretIsInTheQueueAsItCame) {
  const std::string body = "{\"update_id\":1,  \"text\":\"Ж\xff\"}";

  const auto answer = post("right-secret", body);

  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "{}");
  const auto message = next();
  ASSERT_TRUE(message);
  EXPECT_EQ(content_of(*message).body(), body);
  EXPECT_EQ(message->header("cloudEvents:type"), "bordero.telegram.updates");
}

TEST_F(DoorsTest, AWrongSecretPutsNothingIn) {
  EXPECT_EQ(post("wrong-secret", "{}").status, 403);
  EXPECT_EQ(post("", "{}").status, 403);
  EXPECT_EQ(post("right-secre", "{}").status, 403);
  const std::string twice = "X-Telegram-Bot-Api-Secret-Token: right-secret\r\n";
  EXPECT_EQ(send("POST", "/telegram/webhook", twice + twice, "{}").status, 403);
  const auto wrong_method = send("GET", "/telegram/webhook", twice);
  EXPECT_EQ(wrong_method.status, 405);
  EXPECT_THAT(wrong_method.head, HasSubstr("Allow: POST"));
  EXPECT_FALSE(next());
}

TEST_F(DoorsTest, WhileASecretChangesBothAreValid) {
  keep("telegram", "new-secret\nright-secret\n");
  EXPECT_EQ(post("right-secret", "{\"update_id\":1}").status, 200);
  EXPECT_EQ(post("new-secret", "{\"update_id\":2}").status, 200);

  keep("telegram", "new-secret\n");
  EXPECT_EQ(post("right-secret", "{\"update_id\":3}").status, 403);
  EXPECT_EQ(post("new-secret", "{\"update_id\":4}").status, 200);

  std::filesystem::remove(secrets_ / "telegram");
  EXPECT_EQ(post("new-secret", "{\"update_id\":5}").status, 503);
  keep("telegram", "\n");
  EXPECT_EQ(post("", "{\"update_id\":6}").status, 503) << "an empty line is no secret";
}

TEST_F(DoorsTest, AChannelProvesItselfByItsSignature) {
  const std::string token = signature_of("key-of-drive", "channel-1");

  EXPECT_EQ(notify("channel-1", token, 1).status, 200);
  EXPECT_EQ(notify("channel-2", token, 1).status, 403) << "another channel's";
  EXPECT_EQ(notify("channel-1", "", 1).status, 403);
  EXPECT_EQ(notify("", signature_of("key-of-drive", ""), 1).status, 403);

  const auto message = next();
  ASSERT_TRUE(message);
  EXPECT_THAT(headers_of(content_of(*message)),
              ::testing::ElementsAre(std::pair("x-goog-channel-id", "channel-1"),
                                     std::pair("x-goog-message-number", "1"),
                                     std::pair("x-goog-resource-state", "change")))
      << "the token stays here";
  EXPECT_FALSE(next());
}

TEST_F(DoorsTest, TooLargeIsRefused) {
  EXPECT_EQ(post("right-secret", std::string(2000, 'x')).status, 200);
  EXPECT_EQ(post("right-secret", std::string(2001, 'x')).status, 413);
  EXPECT_EQ(post("right-secret", std::string(1024 * 1024 + 1, 'x')).status, 413);
}

TEST_F(DoorsTest, WithoutTheBrokerItIsSentAgainAndNothingIsLost) {
  proxy_.refuse(true);
  std::set<std::string> taken;
  std::set<std::string> bodies;
  for (int update = 0; update < 20; ++update) {
    const std::string body = "{\"update_id\":" + std::to_string(update) + "}";
    if (update == 10) proxy_.refuse(false);
    // As Telegram does: again until it hears 200.
    ASSERT_TRUE(eventually([&] {
      const auto answer = post("right-secret", body);
      if (answer.status == 200) return true;
      EXPECT_EQ(answer.status, 503);
      EXPECT_THAT(answer.head, HasSubstr("Retry-After: "));
      if (update < 10) proxy_.refuse(false);
      return false;
    }));
    if (update % 3 == 0) proxy_.cut();
    taken.insert(body);
  }

  while (const auto message = next()) bodies.insert(content_of(*message).body());
  EXPECT_EQ(bodies, taken);
}

TEST_F(DoorsTest, WithoutAReadersQueueItIsSentAgain) {
  looking_.delete_queue("telegram.updates");

  EXPECT_EQ(post("right-secret", "{}").status, 503);
}

TEST_F(DoorsTest, AnUpdateThatComesTwiceHasOneId) {
  EXPECT_EQ(post("right-secret", "{\"update_id\":7}").status, 200);
  EXPECT_EQ(post("right-secret", "{\"update_id\":7}").status, 200);
  EXPECT_EQ(post("right-secret", "{\"update_id\":8}").status, 200);

  const auto id_of = [](const mq::Message& message) {
    const std::string id(message.header("cloudEvents:id"));
    EXPECT_TRUE(Uuid::parse(id));
    return id;
  };
  const std::string first = id_of(*next());
  EXPECT_EQ(id_of(*next()), first);
  EXPECT_NE(id_of(*next()), first);
}

TEST_F(DoorsTest, ItsLimitIsItsOwn) {
  run([this] { config_->address_rate = 1; });
  // Far more than an address that is not signed in may ask for.
  for (int i = 0; i < 60; ++i) {
    ASSERT_EQ(post("right-secret", "{\"update_id\":" + std::to_string(i) + "}").status, 200);
  }
  int refused = 0;
  for (int i = 0; i < 60; ++i) refused += post("wrong", "{}").status == 429 ? 1 : 0;
  EXPECT_GT(refused, 0) << "who guesses is limited";
  EXPECT_EQ(post("right-secret", "{}").status, 200) << "and keeps nobody out";
}

TEST_F(DoorsTest, TheDocumentsNameQueuesAndDoors) {
  const std::string chapter = queues_chapter(declared_doors());

  EXPECT_THAT(chapter, HasSubstr("| `telegram.updates` | gateway | telegram | Updates as they"));
  EXPECT_THAT(chapter, HasSubstr("`POST /telegram/webhook` puts what comes into"));
  EXPECT_EQ(queues_chapter({}), "");
}

}  // namespace
}  // namespace bordero::gateway
