#include <fstream>
#include <sstream>

#include "services/notifications/tests/exports_fixture.hpp"

namespace bordero::notifications {
namespace {

using testing::FreshDatabase;

// Of every column but those whose default says what all were: exports.
constexpr const char* kColumns = R"sql(
    SELECT string_agg(concat_ws(' ', column_name, data_type, is_nullable,
                                CASE column_name WHEN 'kind' THEN '' ELSE column_default END),
                      E'\n' ORDER BY column_name)
      FROM information_schema.columns
     WHERE table_name = 'jobs' AND column_name IN
           )sql";

std::vector<pg::Migration> until(const std::string& last) {
  std::vector<pg::Migration> some;
  for (const auto& migration : migrations()) {
    if (migration.name <= last) some.push_back(migration);
  }
  return some;
}

TEST(JobsSchema, HasWhatThePlatformsJobsHave) {
  std::stringstream sql;
  sql << std::ifstream("platform/jobs/jobs.sql").rdbuf();
  const FreshDatabase platform("jobs", {{"0001_jobs.sql", sql.str()}});
  const FreshDatabase ours("notifications", migrations());
  const std::string names = "(" +
                            platform.value(
                                "SELECT string_agg(quote_literal(column_name), ',') "
                                "FROM information_schema.columns "
                                "WHERE table_name = 'jobs'") +
                            ")";

  EXPECT_EQ(ours.value(kColumns + names), platform.value(kColumns + names));
}

TEST(JobsSchema, JobsOfBeforeAreKeptAndTheReleaseBeforeGoesOn) {
  const FreshDatabase database("notifications", until("0008_left_deals.sql"));
  const std::string before =
      "INSERT INTO jobs (id, user_id, session_id, epoch, role, status, list, format, filter, q, "
      "order_by, fields, request, rows_total, total_estimated, created_at, expires_at, attempt, "
      "lease_until, finished_at, file_name, rows_done) VALUES (gen_random_uuid(), "
      "gen_random_uuid(), gen_random_uuid(), 0, 'agent', ";
  const std::string rest =
      ", 'deals', 'csv', '', '', '', '{id}', '{}', 7, false, now(), now(), 2, ";
  database.execute(before + "'queued'" + rest + "NULL, NULL, NULL, 0)");
  database.execute(before + "'running'" + rest + "now(), NULL, NULL, 3)");
  database.execute(before + "'done'" + rest + "NULL, now(), 'a.csv', 7)");

  pg::migrate(database.owner_dsn(), "notifications", migrations());

  EXPECT_EQ(
      database.value("SELECT string_agg(concat_ws(' ', status, kind, step, done, total, tries,"
                     " step_name), ', ' ORDER BY status) FROM jobs"),
      "done export 2 7 7 2 , queued export 0 0 7 2 read, running export 0 3 7 2 read");
  // As the release before begins, takes and ends one.
  database.execute(before + "'queued'" + rest + "NULL, NULL, NULL, 0)");
  database.execute(
      "UPDATE jobs SET status = 'running', attempt = attempt + 1, "
      "lease_until = now() WHERE status = 'queued'");
  database.execute(
      "UPDATE jobs SET status = 'done', lease_until = NULL, finished_at = now(), "
      "rows_done = 7, file_name = 'b.csv' WHERE status = 'running'");
  database.execute(before + "'queued'" + rest + "NULL, NULL, NULL, 0)");
  database.execute(
      "UPDATE jobs SET status = 'failed', error = 'x', finished_at = now() "
      "WHERE status = 'queued'");
  EXPECT_EQ(database.value("SELECT count(*) FROM jobs"), "5");
}

}  // namespace
}  // namespace bordero::notifications
