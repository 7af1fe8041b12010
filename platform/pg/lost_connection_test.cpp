#include <thread>

#include "platform/pg/blocking.hpp"
#include "platform/pg/pg_fixture.hpp"

namespace bordero::pg {
namespace {

class LostConnectionTest : public PgTest {
 protected:
  void SetUp() override {
    Settings settings;
    settings.pool_size = 1;
    open(settings);
    // A COMMIT of such a thing takes a while: its check is deferred, and asleep.
    fresh_.execute(R"sql(
        CREATE FUNCTION doze() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          PERFORM pg_sleep(4);
          RETURN NULL;
        END $$;
        CREATE CONSTRAINT TRIGGER things_doze AFTER INSERT ON things
          DEFERRABLE INITIALLY DEFERRED
          FOR EACH ROW WHEN (NEW.name = 'slow') EXECUTE FUNCTION doze())sql");
  }

  std::string terminate(const std::string& condition = "true") {
    return fresh_.value(
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
        "WHERE usename = 'pgtest_test' AND datname = current_database() AND " +
        condition);
  }

  // Ends the backend once it is within its COMMIT; from a thread, as this one runs the pool.
  std::thread killer_of_commit() {
    return std::thread([this] {
      const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(10);
      while (std::chrono::steady_clock::now() < end) {
        if (terminate("query = 'COMMIT' AND state = 'active'") != "0") return;
      }
    });
  }

  awaitable<std::string> commit_thing(std::string name, Context ctx) {
    try {
      auto tx = co_await db_->begin(ctx);
      if (!tx) co_return tx.error().reason;
      tx->execute("INSERT INTO things (id, name) VALUES (1, $1)", name);
      const auto committed = co_await tx->commit();
      co_return committed ? "committed" : committed.error().reason;
    } catch (const OutcomeUnknown&) {
      co_return "unknown";
    } catch (const SqlError& error) {
      co_return error.sqlstate;
    } catch (const Broken&) {
      co_return "broken";
    }
  }
  awaitable<std::string> read_one() {
    try {
      Context ctx = context();
      auto tx = co_await db_->read(ctx);
      if (!tx) co_return tx.error().reason;
      const auto row = co_await tx->find_one("SELECT 'ok' AS v");
      co_return row->get<std::string>("v");
    } catch (const Broken&) {
      co_return "broken";
    }
  }
};

TEST_F(LostConnectionTest, InATransactionItIsBrokenAndNothingStays) {
  auto work = [&]() -> awaitable<void> {
    Context ctx = context();
    auto tx = co_await db_->begin(ctx);
    co_await tx->query("INSERT INTO things (id, name) VALUES (1, 'x') RETURNING id");
    terminate();
    co_await tx->query("SELECT 1");
  };

  EXPECT_THROW(run(work()), Broken);
  EXPECT_EQ(count(), "0");
  EXPECT_EQ(run(read_one()), "ok");
}

TEST_F(LostConnectionTest, AnIdleOneIsReplacedUnnoticed) {
  EXPECT_EQ(run(read_one()), "ok");
  EXPECT_EQ(terminate(), "1");
  while (fresh_.value("SELECT count(*) FROM pg_stat_activity WHERE usename = 'pgtest_test' "
                      "AND datname = current_database()") != "0") {
  }

  EXPECT_EQ(run(read_one()), "ok");
}

TEST_F(LostConnectionTest, DuringCommitTheOutcomeIsUnknown) {
  std::thread killer = killer_of_commit();

  const auto outcome = run(commit_thing("slow", context()));
  killer.join();

  EXPECT_EQ(outcome, "unknown");
  EXPECT_EQ(run(read_one()), "ok");
}

TEST_F(LostConnectionTest, ADeadlineDuringCommitCancelsNothing) {
  EXPECT_EQ(run(read_one()), "ok");  // Connected, so that the time goes to the COMMIT.
  const auto started = std::chrono::steady_clock::now();
  const auto outcome = run(commit_thing("slow", context(std::chrono::milliseconds(1000))));
  const auto took = std::chrono::steady_clock::now() - started;

  EXPECT_EQ(outcome, "unknown");
  EXPECT_LT(took, std::chrono::milliseconds(3500));
  // The abandoned connection fills the pool of one until the server is done with it.
  EXPECT_EQ(run(commit_thing("x", context(std::chrono::milliseconds(200)))), "database_busy");
  EXPECT_EQ(run(read_one()), "ok");
  EXPECT_EQ(count("name = 'slow'"), "1");
}

TEST_F(LostConnectionTest, ADeadlineBeforeCommitIsCertain) {
  auto work = [&]() -> awaitable<std::string> {
    Context ctx = context();
    auto tx = co_await db_->begin(ctx);
    co_await tx->query("INSERT INTO things (id, name) VALUES (1, 'x') RETURNING id");
    ctx.deadline = std::chrono::steady_clock::now();
    const auto committed = co_await tx->commit();
    co_return committed ? "committed" : committed.error().reason;
  };

  EXPECT_EQ(run(work()), "deadline_exceeded");
  EXPECT_EQ(run(read_one()), "ok");
  EXPECT_EQ(count(), "0");
}

TEST_F(LostConnectionTest, ASlowStatementEndsWithTheDeadline) {
  auto work = [&]() -> awaitable<void> {
    Context ctx = context(std::chrono::milliseconds(400));
    auto tx = co_await db_->read(ctx);
    co_await tx->query("SELECT pg_sleep(8)");
  };
  EXPECT_EQ(run(read_one()), "ok");
  const auto started = std::chrono::steady_clock::now();

  EXPECT_THROW(run(work()), Broken);

  EXPECT_LT(std::chrono::steady_clock::now() - started, std::chrono::seconds(5));
  EXPECT_EQ(run(read_one()), "ok");
}

TEST_F(LostConnectionTest, ADeferredConstraintRefusesTheCommitForCertain) {
  fresh_.execute(
      "ALTER TABLE things ADD CONSTRAINT things_weight_once UNIQUE (weight) "
      "DEFERRABLE INITIALLY DEFERRED; INSERT INTO things VALUES (5, 'a', 5)");
  auto work = [&]() -> awaitable<std::string> {
    Context ctx = context();
    auto tx = co_await db_->begin(ctx);
    tx->execute("INSERT INTO things (id, name, weight) VALUES (6, 'b', 5)");
    try {
      const auto ended = co_await tx->commit();
      co_return ended ? "committed" : ended.error().reason;
    } catch (const SqlError& error) {
      co_return error.sqlstate + " " + error.constraint;
    }
  };

  EXPECT_EQ(run(work()), "23505 things_weight_once");
  EXPECT_EQ(run(read_one()), "ok");
}

}  // namespace
}  // namespace bordero::pg
