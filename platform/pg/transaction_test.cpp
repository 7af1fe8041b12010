#include "platform/pg/pg_fixture.hpp"

namespace bordero::pg {
namespace {

class TransactionTest : public PgTest {
 protected:
  // So many different statements, each sent so often.
  awaitable<void> select_each(int from, int count, int times) {
    Context ctx = context(std::chrono::seconds(30));
    auto tx = co_await db_->read(ctx);
    for (int turn = 0; turn < times; ++turn) {
      for (int i = from; i < from + count; ++i) {
        tx->prefetch_with("SELECT " + std::to_string(i), {});
      }
    }
    const auto last = co_await tx->find_one("SELECT 'end'");
  }
  awaitable<int> prepared_statements() {
    Context ctx = context();
    auto tx = co_await db_->read(ctx);
    const auto row = co_await tx->find_one(
        "SELECT count(*) AS n FROM pg_prepared_statements WHERE statement LIKE 'SELECT _%'");
    co_return row->get<int>("n");
  }
};

TEST_F(TransactionTest, CommitKeepsAndLeavingRollsBack) {
  auto work = [&](bool commit, int id) -> awaitable<void> {
    Context ctx = context();
    auto tx = co_await db_->begin(ctx);
    tx->execute("INSERT INTO things (id, name) VALUES ($1, $2)", id, "x");
    const auto row = co_await tx->find_one("SELECT name FROM things WHERE id = $1", id);
    EXPECT_EQ(row->get<std::string>("name"), "x");
    if (!commit) co_return;
    EXPECT_TRUE(co_await tx->commit());
  };
  run(work(false, 1));
  run(work(true, 2));

  EXPECT_EQ(fresh_.value("SELECT string_agg(id::text, ',') FROM things"), "2");
}

TEST_F(TransactionTest, PrefetchedQueriesShareATrip) {
  auto work = [&]() -> awaitable<void> {
    Context ctx = context();
    auto tx = co_await db_->read(ctx);
    const auto a = tx->prefetch("SELECT 1 AS n");
    const auto b = tx->prefetch("SELECT generate_series(1, 3) AS n");
    const Rows second = co_await tx->rows_of(b);
    const Rows first = co_await tx->rows_of(a);
    EXPECT_EQ(first.size(), 1u);
    EXPECT_EQ(second.at(2).get<int>("n"), 3);
    const int touched = co_await tx->count_of("SELECT 1 WHERE false");
    EXPECT_EQ(touched, 0);
  };
  run(work());
}

TEST_F(TransactionTest, AFailureSurfacesAtTheNextAwaitAndStays) {
  auto work = [&]() -> awaitable<void> {
    Context ctx = context();
    auto tx = co_await db_->begin(ctx);
    tx->execute("INSERT INTO things (id, name) VALUES (1, 'bad')");
    std::string seen;
    for (int i = 0; i < 2; ++i) {
      try {
        co_await tx->query("SELECT 1");
      } catch (const SqlError& error) {
        seen += error.sqlstate + " " + error.constraint + ";";
      }
    }
    EXPECT_EQ(seen, "23514 things_name_not_bad;23514 things_name_not_bad;");
    bool committed = false;
    try {
      committed = (co_await tx->commit()).ok();
    } catch (const SqlError&) {
    }
    EXPECT_FALSE(committed);
  };
  run(work());

  EXPECT_EQ(count(), "0");
}

TEST_F(TransactionTest, AFailedStatementOfACommitCommitsNothing) {
  auto work = [&]() -> awaitable<void> {
    Context ctx = context();
    auto tx = co_await db_->begin(ctx);
    tx->execute("INSERT INTO things (id, name) VALUES (1, 'good')");
    tx->execute("INSERT INTO things (id, name) VALUES (2, 'bad')");
    const auto ended = co_await tx->commit();
    EXPECT_FALSE(ended.ok());
  };

  EXPECT_THROW(run(work()), SqlError);
  EXPECT_EQ(count(), "0");
}

TEST_F(TransactionTest, AReadGoesOnAfterAFailure) {
  auto work = [&]() -> awaitable<void> {
    Context ctx = context();
    auto tx = co_await db_->read(ctx);
    std::string seen;
    try {
      co_await tx->query("SELECT 1 / $1::int", 0);
    } catch (const SqlError& error) {
      seen = error.sqlstate;
    }
    EXPECT_EQ(seen, "22012");
    const auto row = co_await tx->find_one("SELECT 1 / $1::int AS n", 1);
    EXPECT_EQ(row->get<int>("n"), 1);
  };
  run(work());
}

TEST_F(TransactionTest, AStatementThatDoesNotParseDoesNotSpoilTheSession) {
  auto work = [&]() -> awaitable<std::string> {
    Context ctx = context();
    auto tx = co_await db_->read(ctx);
    try {
      co_await tx->query("SELEC 1");
    } catch (const SqlError& error) {
      co_return error.sqlstate;
    }
    co_return "";
  };

  EXPECT_EQ(run(work()), "42601");
  EXPECT_EQ(run(work()), "42601");
}

TEST_F(TransactionTest, SerializationFailuresSurfaceWithTheirState) {
  fresh_.execute("INSERT INTO things (id, name) VALUES (1, 'x')");
  auto work = [&]() -> awaitable<std::string> {
    Context ctx = context();
    auto tx = co_await db_->begin(ctx);
    tx->execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
    co_await tx->query("SELECT * FROM things");
    fresh_.execute("UPDATE things SET name = 'y'");
    try {
      co_await tx->query("UPDATE things SET name = 'z' RETURNING id");
    } catch (const SqlError& error) {
      co_return error.sqlstate;
    }
    co_return "";
  };

  EXPECT_EQ(run(work()), "40001");
}

TEST_F(TransactionTest, ActionsAfterCommitRunOnlyAfterOne) {
  std::string ran;
  auto work = [&](int id) -> awaitable<void> {
    Context ctx = context();
    auto tx = co_await db_->begin(ctx);
    tx->after_commit([&ran, id] { ran += std::to_string(id); });
    if (id == 1) co_return;
    EXPECT_TRUE(co_await tx->commit());
  };
  run(work(1));
  run(work(2));

  EXPECT_EQ(ran, "2");
}

TEST_F(TransactionTest, MuchDataGoesBothWaysAtOnce) {
  const std::string big(3'000'000, 'x');
  auto work = [&]() -> awaitable<void> {
    Context ctx = context(std::chrono::seconds(30));
    auto tx = co_await db_->read(ctx);
    std::vector<std::size_t> tickets;
    for (int i = 0; i < 8; ++i) tickets.push_back(tx->prefetch("SELECT $1::text AS v", big));
    for (const auto ticket : tickets) {
      const Rows rows = co_await tx->rows_of(ticket);
      EXPECT_EQ(rows.at(0).text("v").size(), big.size());
    }
  };
  run(work());
}

TEST_F(TransactionTest, StatementsMadeAtRunTimeAreForgottenInTime) {
  Settings settings;
  settings.pool_size = 1;
  open(settings);
  for (int i = 0; i < 5; ++i) run(select_each(i * 400, 400, 2));

  const int known = run(prepared_statements());
  EXPECT_GT(known, 100);
  EXPECT_LE(known, 200);
}

TEST_F(TransactionTest, AStatementUsedOnceIsNotKept) {
  Settings settings;
  settings.pool_size = 1;
  open(settings);
  run(select_each(0, 50, 1));

  EXPECT_EQ(run(prepared_statements()), 0);
}

TEST_F(TransactionTest, APlanThatNoLongerFitsIsNotKept) {
  auto work = [&]() -> awaitable<std::string> {
    Context ctx = context();
    auto tx = co_await db_->read(ctx);
    try {
      co_await tx->query("SELECT * FROM things");
    } catch (const SqlError& error) {
      co_return error.sqlstate;
    }
    co_return "ok";
  };
  EXPECT_EQ(run(work()), "ok");
  EXPECT_EQ(run(work()), "ok");
  fresh_.execute("ALTER TABLE things ADD COLUMN colour text");

  EXPECT_EQ(run(work()), "0A000");
  EXPECT_EQ(run(work()), "ok");
}

}  // namespace
}  // namespace bordero::pg
