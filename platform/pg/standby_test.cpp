#include <gtest/gtest.h>
#include <unistd.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>
#include <thread>

#include "platform/pg/blocking.hpp"
#include "platform/pg/database.hpp"

// A COMMIT that waits for a standby. Needs a server of its own: the setting is a server's, and all
// that write there wait.
namespace bordero::pg {
namespace {

using std::chrono::milliseconds;

class OwnServer {
 public:
  OwnServer() {
    std::string pattern = "/tmp/bordero-standby-XXXXXX";
    folder_ = mkdtemp(pattern.data());
    std::filesystem::permissions(folder_, std::filesystem::perms::all);
    run("initdb -D " + folder_ + "/data -A trust -U postgres --no-sync");
    run("pg_ctl -D " + folder_ + "/data -w -l " + folder_ + "/log start -o '-k " + folder_ +
        " -c listen_addresses= -c fsync=off'");
  }
  ~OwnServer() {
    run("pg_ctl -D " + folder_ + "/data -w -m immediate stop");
    std::filesystem::remove_all(folder_);
  }
  std::string dsn() const { return "host=" + folder_ + " user=postgres dbname=postgres"; }

 private:
  // PostgreSQL does not run as root.
  static void run(const std::string& command) {
    const std::string user =
        geteuid() == 0 ? "setpriv --reuid=postgres --regid=postgres --clear-groups " : "";
    const std::string whole =
        "cd /tmp && " + user + "/usr/lib/postgresql/15/bin/" + command + " > /dev/null 2>&1";
    EXPECT_EQ(std::system(whole.c_str()), 0) << command;
  }

  std::string folder_;
};

class StandbyTest : public ::testing::Test {
 protected:
  void SetUp() override {
    BlockingConnection admin(server_.dsn());
    admin.execute("CREATE TABLE things (id integer)");
    admin.execute("ALTER SYSTEM SET synchronous_standby_names = 'nobody'");
    admin.execute("SELECT pg_reload_conf()");
    while (admin.column("SHOW synchronous_standby_names").at(0) != "nobody") {
    }
    db_.emplace(io_.get_executor(),
                Settings{.dsn = server_.dsn(), .pool_size = 1, .application_name = "standby"});
  }

  awaitable<std::string> insert(milliseconds limit) {
    Context ctx = system_context("test", limit);
    try {
      auto tx = co_await db_->begin(ctx);
      if (!tx) co_return tx.error().reason;
      tx->execute("INSERT INTO things VALUES (1)");
      const auto committed = co_await tx->commit();
      co_return committed ? "committed" : committed.error().reason;
    } catch (const OutcomeUnknown&) {
      co_return "unknown";
    }
  }
  std::string run(awaitable<std::string> work) {
    std::optional<std::string> answer;
    asio::co_spawn(io_, std::move(work), [&](std::exception_ptr error, std::string text) {
      EXPECT_FALSE(error);
      answer = text;
    });
    io_.restart();
    while (!answer) io_.run_one();
    return *answer;
  }

  OwnServer server_;
  asio::io_context io_;
  std::optional<Database> db_;
};

TEST_F(StandbyTest, ACancelledWaitIsUnknownThoughTheServerSaysSuccess) {
  std::thread operator_hand([this] {
    BlockingConnection admin(server_.dsn());
    while (admin
               .column("SELECT pg_cancel_backend(pid) FROM pg_stat_activity "
                       "WHERE wait_event = 'SyncRep'")
               .empty()) {
    }
  });
  const auto outcome = run(insert(std::chrono::seconds(10)));
  operator_hand.join();

  EXPECT_EQ(outcome, "unknown");
}

TEST_F(StandbyTest, ADeadlineIsUnknownAndTheConnectionCountsUntilTheServerIsDone) {
  EXPECT_EQ(run(insert(milliseconds(300))), "unknown");
  EXPECT_EQ(run(insert(milliseconds(300))), "database_busy");

  BlockingConnection admin(server_.dsn());
  EXPECT_EQ(admin.column("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep'"),
            std::vector<std::string>{"1"});
  admin.execute("ALTER SYSTEM RESET synchronous_standby_names");
  admin.execute("SELECT pg_reload_conf()");
  EXPECT_EQ(run(insert(std::chrono::seconds(10))), "committed");
  EXPECT_EQ(admin.column("SELECT count(*) FROM things"), std::vector<std::string>{"2"});
}

}  // namespace
}  // namespace bordero::pg
