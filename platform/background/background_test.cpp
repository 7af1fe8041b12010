#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>

#include "platform/background/job_rpc.hpp"
#include "platform/background/take_some.hpp"
#include "platform/background/work.hpp"
#include "platform/pg/schema.hpp"
#include "platform/testing/stores.hpp"

namespace bordero::background {
namespace {

using namespace std::chrono_literals;

const std::vector<pg::Migration>& test_migrations() {
  static const std::vector<pg::Migration> all = {{"0001_rows.sql", R"sql(
      CREATE TABLE rows (
        id   integer PRIMARY KEY,
        done integer NOT NULL DEFAULT 0,
        bad  boolean NOT NULL DEFAULT false,
        CONSTRAINT rows_bad_stay CHECK (NOT (bad AND done > 0))
      ))sql"}};
  return all;
}

class BackgroundTest : public ::testing::Test {
 protected:
  void TearDown() override {
    while (!works_.empty()) end_first();
  }
  void end_first() {
    works_.front()->stop();
    io_.restart();
    io_.poll();  // Nobody begins a turn from here on.
    EXPECT_TRUE(eventually([] { return turns_under_way() == 0; }));
    works_.erase(works_.begin());
    io_.restart();
    io_.run_for(20ms);
  }
  Work& process() {
    works_.push_back(std::make_unique<Work>(
        io_.get_executor(),
        Settings{.service = "test", .pg_dsn = fresh_.dsn(), .amqp_url = "amqp://127.0.0.1:1/"}));
    return *works_.back();
  }
  bool eventually(const std::function<bool()>& holds) {
    const auto until = std::chrono::steady_clock::now() + 30s;
    while (!holds()) {
      if (std::chrono::steady_clock::now() > until) return false;
      io_.restart();
      io_.run_for(5ms);
    }
    return true;
  }
  std::string job(const std::string& what, const std::string& name) {
    return fresh_.value("SELECT " + what + " FROM background_jobs WHERE name = '" + name + "'");
  }
  template <class T>
  T run(awaitable<T> work) {
    std::optional<T> value;
    asio::co_spawn(
        io_,
        [](awaitable<T> inner, std::optional<T>& into) -> awaitable<void> {
          into.emplace(co_await std::move(inner));
        }(std::move(work), value),
        asio::detached);
    EXPECT_TRUE(eventually([&] { return value.has_value(); }));
    return std::move(*value);
  }
  common::v1::BackgroundJob shown(const std::string& name) {
    pg::Database db(io_.get_executor(), {.dsn = fresh_.dsn(), .pool_size = 1});
    JobRpc rpc(db, "test");
    Context ctx = system_context("test", 5s);
    const auto reply = run(rpc.list(ctx, {}));
    for (const auto& one : reply->background_jobs()) {
      if (one.name() == name) return one;
    }
    return {};
  }

  testing::FreshDatabase fresh_{"background", test_migrations()};
  asio::io_context io_;
  std::vector<std::unique_ptr<Work>> works_;
};

Step counting(int& turns) {
  return [&turns]() -> awaitable<Result<bool>> {
    ++turns;
    co_return false;
  };
}
Step failing(int& turns) {
  return [&turns]() -> awaitable<Result<bool>> {
    ++turns;
    throw Broken("it is broken");
    co_return false;
  };
}

TEST_F(BackgroundTest, OneRuleThatFailsStopsNoOtherAndIsShown) {
  int well = 0;
  int broken = 0;
  Work& work = process();
  work.add({.name = "broken", .step = failing(broken), .period = 10ms});
  work.add({.name = "well", .step = counting(well), .period = 10ms});
  work.start();

  EXPECT_TRUE(eventually([&] { return well > 3 && broken > 1; }));
  EXPECT_TRUE(eventually([&] { return job("failures > 1", "broken") == "t"; }));

  const auto seen = shown("broken");
  EXPECT_EQ(seen.state(), common::v1::BACKGROUND_JOB_STATE_FAILING);
  EXPECT_EQ(seen.failure(), "broken");
  EXPECT_FALSE(seen.last_failure_at().empty());
  EXPECT_EQ(shown("well").state(), common::v1::BACKGROUND_JOB_STATE_WELL);
}

TEST_F(BackgroundTest, OfTwoProcessesOneLeadsAndTheOtherTakesOver) {
  int first = 0;
  int second = 0;
  Work& leader = process();
  leader.add({.name = "rule", .step = counting(first), .period = 5ms});
  leader.start();
  ASSERT_TRUE(eventually([&] { return first > 0; }));
  Work& follower = process();
  follower.add({.name = "rule", .step = counting(second), .period = 5ms});
  follower.start();

  const int before = first;
  ASSERT_TRUE(eventually([&] { return first > before + 20; }));
  EXPECT_EQ(second, 0);
  end_first();

  EXPECT_TRUE(eventually([&] { return second > 0; }));
}

TEST_F(BackgroundTest, ADailyRuleRunsOnceADayAndCatchesUpWhatWasMissed) {
  int turns = 0;
  Work& work = process();
  const auto at = std::chrono::minutes(0);
  work.add({.name = "nightly", .step = counting(turns), .at = at});
  work.start();
  ASSERT_TRUE(eventually([&] { return !job("known_at", "nightly").empty(); }));
  EXPECT_EQ(job("started_at IS NULL", "nightly"), "t");
  end_first();
  EXPECT_EQ(turns, 0);

  fresh_.execute("UPDATE background_jobs SET known_at = now() - interval '3 days'");
  Work& later = process();
  later.add({.name = "nightly", .step = counting(turns), .at = at});
  later.start();

  EXPECT_TRUE(eventually([&] { return job("succeeded_at IS NOT NULL", "nightly") == "t"; }));
  EXPECT_EQ(turns, 1);
  fresh_.execute("UPDATE background_jobs SET asked_at = now() WHERE name = 'nightly'");
  EXPECT_TRUE(eventually([&] { return turns == 2; }));
}

TEST_F(BackgroundTest, OldWorkIsForgotten) {
  fresh_.execute(
      "INSERT INTO inbox VALUES (gen_random_uuid(), now() - interval '91 days'), "
      "(gen_random_uuid(), now())");
  fresh_.execute(
      "INSERT INTO idempotency_keys VALUES ('a', 'r', 'k', 'd', '', 't', now() - interval "
      "'3 days')");

  process().start();

  EXPECT_TRUE(eventually([&] { return fresh_.value("SELECT count(*) FROM inbox") == "1"; }));
  EXPECT_EQ(fresh_.value("SELECT count(*) FROM idempotency_keys"), "0");
}

awaitable<Result<void>> finish(pg::Transaction& tx, Context&, Portion& portion) {
  static const std::string sql = "SELECT r.id FROM rows r WHERE r.done = 0 AND " +
                                 not_set_aside("finish", "r.id") + " ORDER BY r.id LIMIT $1";
  const auto rows = co_await tx.query(sql, portion.limit);
  for (const auto& row : rows) portion.ids.emplace_back(row.text("id"));
  tx.execute("UPDATE rows SET done = done + 1 WHERE id = ANY($1::integer[])", portion.ids);
  co_return Result<void>();
}

TEST_F(BackgroundTest, ARowThatFailsIsSetAsideTriedAgainAndTakesNoOtherBack) {
  fresh_.execute("INSERT INTO rows (id, bad) SELECT n, n IN (1, 25) FROM generate_series(1, 50) n");
  pg::Database db(io_.get_executor(), {.dsn = fresh_.dsn(), .pool_size = 1});
  const auto all = [&]() -> awaitable<int> {
    int steps = 0;
    const RowRule rule{.name = "finish", .at_once = 20};
    const WorkOnRows work = finish;
    for (bool more = true; more; ++steps) {
      const auto done = co_await take_some(db, rule, work);
      more = done.value();
    }
    co_return steps;
  };
  run(all());

  EXPECT_EQ(fresh_.value("SELECT count(*) FROM rows WHERE done = 1"), "48");
  EXPECT_EQ(fresh_.value("SELECT string_agg(subject_id || ' ' || reason, ', ' ORDER BY since) "
                         "FROM set_aside"),
            "1 sql_23514 rows_bad_stay, 25 sql_23514 rows_bad_stay");

  fresh_.execute("UPDATE set_aside SET try_at = now()");
  run(all());
  EXPECT_EQ(fresh_.value("SELECT count(*) FROM set_aside WHERE tries = 2 AND try_at > now() + "
                         "interval '50 seconds'"),
            "2");

  fresh_.execute("UPDATE rows SET bad = false");
  fresh_.execute("UPDATE set_aside SET try_at = now()");
  run(all());
  EXPECT_EQ(fresh_.value("SELECT count(*) FROM rows WHERE done = 1"), "50");
  EXPECT_EQ(fresh_.value("SELECT count(*) FROM set_aside"), "0");
}

TEST_F(BackgroundTest, WhatIsAwaySetsNoRowAside) {
  fresh_.execute("INSERT INTO rows (id) SELECT n FROM generate_series(1, 5) n");
  pg::Database db(io_.get_executor(), {.dsn = fresh_.dsn(), .pool_size = 1});
  const auto away = [](pg::Transaction&, Context&, Portion& portion) -> awaitable<Result<void>> {
    portion.ids = {"1", "2"};
    co_return unavailable("dependency_unavailable");
  };

  const auto done = run(take_some(db, {.name = "away", .at_once = 20}, away));

  EXPECT_EQ(done.error().reason, "dependency_unavailable");
  EXPECT_EQ(fresh_.value("SELECT count(*) FROM set_aside"), "0");
}

// A database of an earlier release has all but the newest of the platform's tables.
TEST(PlatformMigrations, ReachDatabasesThatAreThere) {
  const testing::FreshDatabase old("background", test_migrations());
  old.execute("DROP TABLE background_jobs, set_aside");
  old.execute("DELETE FROM schema_migrations WHERE name = '0000_platform_background.sql'");

  pg::migrate(old.owner_dsn(), "background", test_migrations());

  EXPECT_EQ(old.value("SELECT count(*) FROM background_jobs"), "0");
}

}  // namespace
}  // namespace bordero::background
