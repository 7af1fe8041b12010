#include "platform/lists/words.hpp"

#include <gtest/gtest.h>

#include "platform/pg/pg_fixture.hpp"

namespace bordero::lists {
namespace {

constexpr WordTable kNotes = {"note_search", "note_id", "notes_found", "notes_met"};

class WordsTest : public pg::PgTest {
 protected:
  void SetUp() override {
    PgTest::SetUp();
    fresh_.execute(R"sql(
        CREATE TABLE note_search (note_id integer, words tsvector);
        INSERT INTO note_search
        SELECT i, to_tsvector('simple', CASE WHEN i % 2000 = 0 THEN 'rare ' ELSE '' END || 'common')
          FROM generate_series(1, 60000) i;
        CREATE INDEX note_search_words ON note_search USING gin (words);
        ANALYZE note_search;
        CREATE FUNCTION notes_found(sought tsquery, most integer) RETURNS SETOF note_search
        LANGUAGE sql STABLE AS 'SELECT * FROM note_search WHERE words @@ sought LIMIT most';
        GRANT SELECT ON note_search TO pgtest_test)sql");
  }

  struct Found {
    bool few = false;
    bool many = false;
    std::string way;
  };
  awaitable<std::optional<Found>> looking(std::string tsquery) {
    Context ctx = context();
    auto tx = co_await db_->read(ctx);
    Found found;
    found.few = co_await finds_few(*tx, kNotes, tsquery);
    found.many = co_await finds_many(*tx, kNotes, tsquery);
    found.way = co_await way_to(*tx, kNotes, tsquery);
    co_return found;
  }
  Found look(const std::string& tsquery) { return *run(looking(tsquery)); }
};

TEST_F(WordsTest, CommonWordsAreMetOnTheWay) {
  const Found common = look("common");
  EXPECT_TRUE(common.many);
  EXPECT_FALSE(common.few);
  EXPECT_EQ(common.way, "notes_met");
}

TEST_F(WordsTest, WhatTheStatisticsDoNotKnowIsCountedAndGathered) {
  for (const char* tsquery : {"rare", "none", "rare:* | none:*"}) {
    const Found found = look(tsquery);
    EXPECT_FALSE(found.many) << tsquery;
    EXPECT_TRUE(found.few) << tsquery;
    EXPECT_EQ(found.way, "notes_found") << tsquery;
  }
}

TEST_F(WordsTest, BeforeThereAreStatisticsWordsAreCounted) {
  fresh_.execute("DELETE FROM pg_statistic WHERE starelid = 'note_search'::regclass");
  const Found common = look("common");
  EXPECT_FALSE(common.many);
  EXPECT_FALSE(common.few) << "more than few, as the count says";
}

}  // namespace
}  // namespace bordero::lists
