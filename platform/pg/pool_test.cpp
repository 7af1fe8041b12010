#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>

#include "platform/pg/pg_fixture.hpp"
#include "platform/testing/secret_file.hpp"

namespace bordero::pg {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

class PoolTest : public PgTest {
 protected:
  void open_small(int size, int waiting) {
    Settings settings;
    settings.pool_size = size;
    settings.max_waiting = waiting;
    open(settings);
  }
  awaitable<std::string> reason_of_read(milliseconds limit) {
    Context ctx = context(limit);
    auto tx = co_await db_->read(ctx);
    co_return tx ? "ok" : tx.error().reason;
  }
  static std::string local(int port, const std::string& rest) {
    return "host=127.0.0.1 port=" + std::to_string(port) + " " + rest;
  }
};

// A listener that accepts and says nothing, like a host that hangs.
class SilentHost {
 public:
  SilentHost() : socket_(socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    socklen_t size = sizeof address;
    auto* any = reinterpret_cast<sockaddr*>(&address);
    EXPECT_EQ(bind(socket_, any, size), 0);
    EXPECT_EQ(listen(socket_, 8), 0);
    EXPECT_EQ(getsockname(socket_, any, &size), 0);
    port_ = ntohs(address.sin_port);
  }
  ~SilentHost() { close(socket_); }
  int port() const { return port_; }

 private:
  int socket_;
  int port_ = 0;
};

TEST_F(PoolTest, AFullPoolMakesWaitUntilTheDeadline) {
  open_small(1, 10);
  auto work = [&]() -> awaitable<std::string> {
    Context ctx = context();
    auto holder = co_await db_->read(ctx);
    const auto started = steady_clock::now();
    auto reason = co_await reason_of_read(milliseconds(100));
    EXPECT_GE(steady_clock::now() - started, milliseconds(95));
    co_return reason;
  };

  EXPECT_EQ(run(work()), "database_busy");
  EXPECT_EQ(run(reason_of_read(milliseconds(1000))), "ok");
}

TEST_F(PoolTest, TheLineIsBounded) {
  open_small(1, 0);
  auto work = [&]() -> awaitable<std::string> {
    Context ctx = context();
    auto holder = co_await db_->read(ctx);
    const auto started = steady_clock::now();
    auto reason = co_await reason_of_read(std::chrono::seconds(5));
    EXPECT_LT(steady_clock::now() - started, std::chrono::seconds(4));
    co_return reason;
  };

  EXPECT_EQ(run(work()), "database_busy");
}

TEST_F(PoolTest, ThoseWhoWaitAreServedInOrder) {
  open_small(2, 100);
  std::vector<int> served;
  auto one = [&](int number) -> awaitable<void> {
    Context ctx = context();
    auto tx = co_await db_->read(ctx);
    EXPECT_TRUE(tx);
    if (number >= 2) served.push_back(number);  // The first two connect, and wait for nobody.
    co_await tx->query("SELECT pg_sleep(0.005)");
  };
  int done = 0;
  for (int i = 0; i < 30; ++i) {
    asio::co_spawn(io_, one(i), [&](std::exception_ptr error) {
      EXPECT_FALSE(error);
      ++done;
    });
  }
  io_.restart();
  while (done < 30) io_.run_one();

  EXPECT_EQ(served.size(), 28u);
  EXPECT_TRUE(std::is_sorted(served.begin(), served.end()));
  EXPECT_EQ(fresh_.value("SELECT count(*) FROM pg_stat_activity WHERE usename = 'pgtest_test' "
                         "AND datname = current_database()"),
            "2");
}

TEST_F(PoolTest, NoDatabaseIsSaidAtOnceAndLaterTriedAgain) {
  Settings settings;
  settings.dsn = local(1, "dbname=x user=x");
  open(settings);

  const auto started = steady_clock::now();
  EXPECT_EQ(run(reason_of_read(std::chrono::seconds(5))), "database_down");
  EXPECT_EQ(run(reason_of_read(std::chrono::seconds(5))), "database_down");
  EXPECT_LT(steady_clock::now() - started, std::chrono::seconds(4));
  EXPECT_FALSE(run(db_->healthy()));
}

TEST_F(PoolTest, TheNextConnectionReadsItsSecretAnew) {
  testing::SecretFile file(local(1, "dbname=x user=x"));
  Settings settings;
  settings.dsn = file.secret();
  open(settings);
  EXPECT_EQ(run(reason_of_read(std::chrono::seconds(5))), "database_down");

  file.replace(fresh_.dsn());

  const auto end = steady_clock::now() + std::chrono::seconds(20);
  while (!run(db_->healthy()) && steady_clock::now() < end) io_.run_for(milliseconds(10));
  EXPECT_EQ(run(reason_of_read(std::chrono::seconds(5))), "ok");
}

TEST_F(PoolTest, AHostThatHangsIsPassedOver) {
  const SilentHost silent;
  const auto dsn = fresh_.dsn();
  const auto at = dsn.find("port='") + 6;
  const std::string port = dsn.substr(at, dsn.find('\'', at) - at);
  Settings settings;
  settings.dsn = dsn + " connect_timeout=1 target_session_attrs=read-write host='127.0.0.1," +
                 "localhost,127.0.0.1' port='" + std::to_string(silent.port()) + ",1," + port + "'";
  open(settings);

  EXPECT_EQ(run(reason_of_read(std::chrono::seconds(8))), "ok");
  EXPECT_TRUE(run(db_->healthy()));
}

TEST_F(PoolTest, EverythingMayGoWhileWorkIsUnderWay) {
  auto io = std::make_unique<asio::io_context>();
  Settings settings;
  settings.dsn = fresh_.dsn();
  settings.application_name = "pgtest";
  settings.pool_size = 2;
  auto db = std::make_unique<Database>(io->get_executor(), settings);
  auto sleep = [&db]() -> awaitable<void> {
    Context ctx = context();
    auto tx = co_await db->begin(ctx);
    co_await tx->query("SELECT pg_sleep(30)");
  };
  for (int i = 0; i < 4; ++i) asio::co_spawn(*io, sleep(), [](std::exception_ptr) {});
  io->run_for(milliseconds(300));

  db.reset();
  io->run_for(milliseconds(20));
  io.reset();
}

TEST_F(PoolTest, AWaitThatIsCancelledLeavesTheLine) {
  open_small(1, 10);
  auto work = [&]() -> awaitable<void> {
    Context ctx = context();
    {
      auto holder = co_await db_->read(ctx);
      const auto reason = co_await reason_of_read(milliseconds(50));
      EXPECT_EQ(reason, "database_busy");
    }
    const auto reason = co_await reason_of_read(milliseconds(500));
    EXPECT_EQ(reason, "ok");
  };
  run(work());
}

TEST_F(PoolTest, ConnectionsThatRestGoButOne) {
  Settings settings;
  settings.pool_size = 3;
  settings.idle_limit = milliseconds(50);
  open(settings);
  auto sessions = [&] {
    return fresh_.value(
        "SELECT count(*) FROM pg_stat_activity "
        "WHERE datname = current_database() AND application_name = 'pgtest'");
  };
  auto work = [&]() -> awaitable<void> {
    Context ctx = context();
    auto first = co_await db_->read(ctx);
    auto second = co_await db_->read(ctx);
    auto third = co_await db_->read(ctx);
    EXPECT_EQ(sessions(), "3");
  };
  run(work());

  while (sessions() != "1") EXPECT_EQ(run(reason_of_read(std::chrono::seconds(10))), "ok");
}

}  // namespace
}  // namespace bordero::pg
