#include <gmock/gmock.h>

#include <algorithm>
#include <random>
#include <set>

#include "platform/lists/list_page.hpp"
#include "platform/lists/page_token.hpp"
#include "platform/pg/pg_fixture.hpp"

// Walking all pages gives each row once and in order, whatever the data and the order.
namespace bordero::lists {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const std::vector<std::string>& sortable() {
  static const std::vector<std::string> names = {"name", "weight", "day", "at"};
  return names;
}

const Spec& spec() {
  static const Spec rows = {
      .resource = "rows",
      .fields =
          {{"name", {.column = "r.name", .sortable = true}},
           {"weight",
            {.column = "r.weight", .type = FieldType::number, .sortable = true, .nullable = true}},
           {"day",
            {.column = "r.day", .type = FieldType::date, .sortable = true, .nullable = true}},
           {"at", {.column = "r.at", .type = FieldType::instant, .sortable = true}}},
      .default_order = "day",
      .id_column = "r.id"};
  return rows;
}

class KeysetTest : public pg::PgTest {
 protected:
  void SetUp() override {
    PgTest::SetUp();
    // Few different values, so that most rows tie; NULLs; texts that sort by collation.
    fresh_.execute(R"sql(
        CREATE TABLE rows AS
        SELECT gen_random_uuid() AS id,
               (ARRAY['а', 'Б', 'ё', 'z', 'ab', 'a b', ''])[1 + floor(random() * 7)] AS name,
               CASE WHEN random() < 0.3 THEN NULL ELSE floor(random() * 4)::int - 2 END AS weight,
               CASE WHEN random() < 0.3 THEN NULL
                    WHEN random() < 0.1 THEN 'infinity'::date
                    ELSE date '2026-01-01' + floor(random() * 3)::int END AS day,
               timestamptz '2026-01-01 00:00:00.5+00' + floor(random() * 3) * interval '0.25 s' AS at
          FROM generate_series(1, 120);
        GRANT SELECT ON rows TO pgtest_test)sql");
  }

  // One page's ids, and the token of the next.
  awaitable<std::vector<std::string>> page(const Request& request, std::string& next_token) {
    Context ctx = context();
    auto tx = co_await db_->read(ctx);
    ListSource source{.columns = "r.id", .from = "rows r"};
    auto read = co_await read_page(*tx, spec(), request, std::move(source));
    EXPECT_TRUE(read);
    std::vector<std::string> ids;
    for (const pg::Row& row : read->rows) ids.push_back(row.get<std::string>("id"));
    next_token = read->next_page_token;
    co_return ids;
  }

  awaitable<pg::Rows> explained(Stretch stretch) {
    Context ctx = context();
    auto tx = co_await db_->read(ctx);
    const std::string sql = "EXPLAIN SELECT l.id, l.day FROM long l WHERE " + stretch.after +
                            " ORDER BY " + stretch.order_by + " LIMIT 51";
    co_return co_await tx->query_with(sql, stretch.params);
  }

  std::vector<std::string> walk(Request request) {
    std::vector<std::string> all;
    do {
      std::string next;
      const auto ids = run(page(request, next));
      all.insert(all.end(), ids.begin(), ids.end());
      request.page_token = next;
    } while (!request.page_token.empty() && all.size() < 1000);
    return all;
  }

  std::string random_order() {
    auto names = sortable();
    std::shuffle(names.begin(), names.end(), random_);
    std::string order;
    const auto count = 1 + random_() % names.size();
    for (std::size_t i = 0; i < count; ++i) {
      order += (i > 0 ? ", " : "") + names[i] + (random_() % 2 ? " desc" : "");
    }
    return order;
  }

  std::mt19937 random_{20261123};
};

TEST_F(KeysetTest, EveryRowOnceInOrder) {
  for (int round = 0; round < 40; ++round) {
    const std::string order = random_order();
    const int size = 1 + static_cast<int>(random_() % 30);

    const auto walked = walk({.order_by = order, .page_size = size});
    const auto whole = walk({.order_by = order, .page_size = 200});

    EXPECT_EQ(walked, whole) << order << " by " << size;
    EXPECT_EQ(std::set<std::string>(walked.begin(), walked.end()).size(), 120u) << order;
  }
}

TEST_F(KeysetTest, TheTokenBelongsToItsListAndKnowsTheTotal) {
  std::string token;
  run(page({.order_by = "day", .page_size = 10}, token));

  const auto same = compile(spec(), {.order_by = "day", .page_token = token}, 1);
  ASSERT_TRUE(same);
  EXPECT_EQ(same->known_total, 120);
  EXPECT_FALSE(compile(spec(), {.order_by = "day desc", .page_token = token}, 1));
  EXPECT_FALSE(compile(spec(), {.filter = "name = z", .order_by = "day", .page_token = token}, 1));
  // All but the last character, which has bits that mean nothing.
  for (std::size_t i = 0; i + 1 < token.size(); ++i) {
    std::string changed = token;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    const auto query = compile(spec(), {.order_by = "day", .page_token = changed}, 1);
    EXPECT_FALSE(query) << i;
  }
}

// A page deep in a long list, ordered by a key that is often absent, begins in the index where the
// one before it ended: both among the dated rows and among those without a date.
TEST_F(KeysetTest, DeepPagesStayOnTheIndex) {
  fresh_.execute(R"sql(
      CREATE TABLE long AS
      SELECT i AS id, CASE WHEN i % 3 = 0 THEN NULL ELSE date '2026-01-01' + i % 365 END AS day
        FROM generate_series(1, 60000) i;
      CREATE INDEX long_by_day ON long (day, id);
      ANALYZE long;
      GRANT SELECT ON long TO pgtest_test)sql");
  static const Spec dated = {
      .resource = "long",
      .fields =
          {{"day",
            {.column = "l.day", .type = FieldType::date, .sortable = true, .nullable = true}}},
      .default_order = "day",
      .id_column = "l.id",
      .id_type = FieldType::number};
  const auto plan_after = [&](const std::string& order, std::optional<std::string> day) {
    Request request{.order_by = order};
    PageToken token{.digest = compile(dated, request, 1)->digest, .total = 1, .keys = {day, "500"}};
    request.page_token = token.encode();
    const auto query = compile(dated, request, 1);
    EXPECT_EQ(query->stretches.size(), day ? 2u : 1u);
    std::string plan;
    for (const pg::Row& row : run(explained(query->stretches.at(0)))) {
      plan += std::string(row.text("QUERY PLAN")) + "\n";
    }
    return plan;
  };
  for (const char* order : {"day", "day desc"}) {
    for (const auto& day :
         {std::optional<std::string>("2026-06-01"), std::optional<std::string>()}) {
      const std::string plan = plan_after(order, day);
      EXPECT_THAT(plan, HasSubstr("long_by_day")) << plan;
      EXPECT_THAT(plan, HasSubstr(day ? "Index Cond: ((day IS NOT NULL) AND (ROW(day, id)"
                                      : "Index Cond: ((day IS NULL) AND (id"))
          << plan;
      EXPECT_THAT(plan, Not(HasSubstr("Sort"))) << plan;
      EXPECT_THAT(plan, Not(HasSubstr("Filter"))) << plan;
    }
  }
}

TEST_F(KeysetTest, FiltersSelectWhatTheySay) {
  const std::pair<const char*, const char*> cases[] = {
      {"name = 'а'", "name = 'а'"},
      {"name : 'B'", "name ILIKE '%b%'"},
      {"name : 'Ё'", "name ILIKE '%е%' OR name ILIKE '%ё%'"},
      {"weight >= 0 AND weight != 1", "weight >= 0 AND weight <> 1"},
      {"weight != 1", "weight IS DISTINCT FROM 1"},
      {"weight < 0.5", "weight < 0.5"},
      {"day = ''", "day IS NULL"},
      {"day > 2026-01-01", "day > '2026-01-01'"},
      {"at >= 2026-01-01T00:00:00.75Z", "at >= '2026-01-01 00:00:00.75+00'"},
      {"at = 2026-01-01", "true"},
      {"at != 2026-01-01", "false"},
      {"at < 2026-01-01", "false"},
      {"at <= 2026-01-01", "true"},
  };
  for (const auto& [filter, condition] : cases) {
    const auto found = walk({.filter = filter, .page_size = 200});
    EXPECT_EQ(std::to_string(found.size()),
              fresh_.value(std::string("SELECT count(*) FROM rows WHERE ") + condition))
        << filter;
  }
}

TEST_F(KeysetTest, CountsExactlyThenEstimates) {
  fresh_.execute(
      "CREATE TABLE many AS SELECT i FROM generate_series(1, 30000) i; ANALYZE many; "
      "GRANT SELECT ON many TO pgtest_test");
  auto count_below = [&](std::string limit) -> awaitable<Total> {
    Context ctx = context();
    auto tx = co_await db_->read(ctx);
    std::vector<pg::Param> params = {limit};
    co_return co_await lists::count(*tx, "FROM many WHERE i <= $1::bigint", params);
  };

  const Total few = run(count_below("1000"));
  EXPECT_EQ(few.size, 1'000);
  EXPECT_FALSE(few.estimated);
  const Total many = run(count_below("30000"));
  EXPECT_TRUE(many.estimated);
  EXPECT_GE(many.size, 1'000);
  EXPECT_LE(many.size, 31'000);
}

}  // namespace
}  // namespace bordero::lists
