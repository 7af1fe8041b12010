#include "platform/pg/pg_fixture.hpp"

namespace bordero::pg {
namespace {

using TransactionTest = PgTest;

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

}  // namespace
}  // namespace bordero::pg
