#include "platform/redis/client.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <chrono>
#include <functional>
#include <optional>
#include <thread>

#include "platform/base/env.hpp"
#include "platform/redis/url.hpp"
#include "platform/testing/faulty_proxy.hpp"
#include "platform/testing/secret_file.hpp"
#include "platform/testing/stores.hpp"

namespace bordero::redis {
namespace {

using ::testing::IsEmpty;
using ::testing::Not;
using Clock = std::chrono::steady_clock;

TEST(Url, NamesUserPasswordAndDatabase) {
  const Url url = Url::parse("redis://crm:p%40ss@localhost:6380/3");

  EXPECT_EQ(url.user, "crm");
  EXPECT_EQ(url.password, "p@ss");
  EXPECT_EQ(url.host, "localhost");
  EXPECT_EQ(url.port, "6380");
  EXPECT_EQ(url.database, "3");
  EXPECT_EQ(url.way, Url::Way::tcp);
  EXPECT_EQ(Url::parse("rediss://redis.example").way, Url::Way::tls);
  EXPECT_THROW(Url::parse("http://localhost"), env::BadSetting);
}

TEST(Url, NamesASocketOfThisMachine) {
  const Url url = Url::parse("redis+unix://crm:secret@%2Frun%2Fbordero%2Fredis.sock/2");

  EXPECT_EQ(url.way, Url::Way::local);
  EXPECT_EQ(url.user, "crm");
  EXPECT_EQ(url.host, "/run/bordero/redis.sock");
  EXPECT_EQ(url.database, "2");
}

class RedisTest : public ::testing::Test {
 protected:
  testing::FaultyProxy proxy_{testing::fresh_redis_url()};
  asio::io_context io_{1};
  asio::executor_work_guard<asio::io_context::executor_type> work_ = make_work_guard(io_);
  std::unique_ptr<Client> client_;
  std::thread worker_;

  void SetUp() override {
    client_ = std::make_unique<Client>(io_.get_executor(), proxy_.url());
    worker_ = std::thread([this] { io_.run(); });
    ASSERT_TRUE(eventually([&] { return client_->connected(); }));
  }
  void TearDown() override {
    asio::post(io_, [this] { client_.reset(); });
    work_.reset();
    worker_.join();
  }

  // Futures need values that can be made empty.
  template <class T>
  static awaitable<std::optional<T>> optional(awaitable<T> work) {
    co_return co_await std::move(work);
  }
  auto start(std::vector<std::string> words) {
    return asio::co_spawn(io_, optional(client_->command(std::move(words))), asio::use_future);
  }
  Result<Reply> ask(std::vector<std::string> words) { return *start(std::move(words)).get(); }

  // The shortest of five, which a busy machine does not lengthen.
  static Clock::duration shortest(const std::function<void()>& work) {
    auto least = Clock::duration::max();
    for (int i = 0; i < 5; ++i) {
      const auto started = Clock::now();
      work();
      least = std::min(least, Clock::now() - started);
    }
    return least;
  }
  static bool eventually(const std::function<bool()>& holds) {
    const auto end = Clock::now() + std::chrono::seconds(20);
    while (!holds()) {
      if (Clock::now() > end) return false;
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    return true;
  }
};

TEST_F(RedisTest, AnswersEveryKindOfReply) {
  EXPECT_TRUE(ask({"GET", "absent"})->is_nil());
  EXPECT_EQ(ask({"SET", "key", std::string("a\0b", 3)})->text, "OK");
  EXPECT_EQ(ask({"GET", "key"})->text, std::string("a\0b", 3));
  EXPECT_EQ(ask({"INCR", "count"})->integer, 1);
  EXPECT_EQ(ask({"MGET", "key", "absent"})->items.size(), 2U);
  EXPECT_EQ(ask({"INCR", "key"})->type, Reply::Type::error);
  EXPECT_THAT(client_->replication_id(), Not(IsEmpty()));
}

TEST_F(RedisTest, CommandsOfOneListShareARoundTrip) {
  std::vector<std::vector<std::string>> list;
  list.push_back({"SET", "a", "1"});
  list.push_back({"INCR", "a"});
  list.push_back({"GET", "a"});

  const auto replies =
      *asio::co_spawn(io_, optional(client_->commands(std::move(list))), asio::use_future).get();

  ASSERT_TRUE(replies.ok());
  EXPECT_EQ((*replies)[1].integer, 2);
  EXPECT_EQ((*replies)[2].text, "2");
}

TEST_F(RedisTest, ManyCoroutinesShareTheConnection) {
  std::vector<std::future<std::optional<Result<Reply>>>> asked;
  for (int i = 0; i < 1000; ++i) asked.push_back(start({"INCR", "many"}));

  std::int64_t sum = 0;
  for (auto& one : asked) sum += (**one.get()).integer;

  EXPECT_EQ(sum, 500'500);
}

TEST_F(RedisTest, IsUnavailableAtOnceWhenDownAndWorksWhenBack) {
  proxy_.refuse(true);
  ASSERT_TRUE(eventually([&] { return !client_->connected(); }));

  const auto took = shortest([&] {
    const auto refused = ask({"PING"});
    EXPECT_EQ(refused.error().reason, "redis_down");
    EXPECT_EQ(refused.error().kind, ErrorKind::unavailable);
  });
  EXPECT_LT(took, std::chrono::milliseconds(400));  // The deadline is at 500.

  proxy_.refuse(false);
  ASSERT_TRUE(eventually([&] { return client_->connected(); }));
  EXPECT_EQ(ask({"PING"})->text, "PONG");
}

TEST_F(RedisTest, TheNextConnectionReadsItsSecretAnew) {
  testing::SecretFile file("redis://127.0.0.1:1/0");
  auto other = std::make_unique<Client>(io_.get_executor(), file.secret());
  EXPECT_FALSE(other->connected());

  file.replace(proxy_.url());

  EXPECT_TRUE(eventually([&] { return other->connected(); }));
  asio::post(io_, [other = std::move(other)]() mutable { other.reset(); });
}

TEST_F(RedisTest, ACutConnectionFailsWhatWaits) {
  const auto took = shortest([&] {
    ASSERT_TRUE(eventually([&] { return client_->connected(); }));
    const long before = proxy_.bytes_to_store();
    auto blocked = start({"BLPOP", "nothing", "10"});
    ASSERT_TRUE(eventually([&] { return proxy_.bytes_to_store() > before; }));

    proxy_.cut();

    EXPECT_EQ(blocked.get()->error().reason, "redis_down");
  });
  EXPECT_LT(took, std::chrono::milliseconds(400));  // The deadline is at 500.
}

TEST_F(RedisTest, WhoStopsWaitingDoesNotCutTheConnectionOfOthers) {
  const auto connection = ask({"CLIENT", "ID"})->integer;
  asio::cancellation_signal gone;
  const long before = proxy_.bytes_to_store();
  auto left = asio::co_spawn(io_, optional(client_->command({"BLPOP", "nothing", "0.3"})),
                             asio::bind_cancellation_slot(gone.slot(), asio::use_future));
  ASSERT_TRUE(eventually([&] { return proxy_.bytes_to_store() > before; }));

  asio::post(io_, [&] { gone.emit(asio::cancellation_type::terminal); });
  left.wait();

  EXPECT_TRUE(eventually([&] { return ask({"PING"}).ok(); }));
  EXPECT_EQ(ask({"CLIENT", "ID"})->integer, connection);
}

TEST_F(RedisTest, SilenceEndsAtTheDeadlineAndEndsTheConnection) {
  proxy_.lose_answers(true);

  EXPECT_EQ(ask({"PING"}).error().reason, "redis_down");

  proxy_.lose_answers(false);
  EXPECT_TRUE(eventually([&] { return ask({"PING"}).ok(); }));
}

}  // namespace
}  // namespace bordero::redis
