#include "platform/background/job_store.hpp"

namespace bordero::background {
namespace {

std::vector<std::string> names_in(const pg::Rows& rows) {
  std::vector<std::string> names;
  for (const auto& row : rows) names.emplace_back(row.text("name"));
  return names;
}

}  // namespace

void enter(pg::Transaction& tx, const std::vector<Record>& records) {
  std::vector<std::string> names;
  for (const Record& record : records) {
    names.push_back(record.name);
    tx.execute(R"sql(
        INSERT INTO background_jobs (name, period_ms, at, known_at)
        VALUES ($1, $2, $3, $4)
            ON CONFLICT (name) DO UPDATE SET period_ms = EXCLUDED.period_ms, at = EXCLUDED.at)sql",
               record.name, record.period_ms, record.at, clock::now());
  }
  tx.execute("DELETE FROM background_jobs WHERE name <> ALL($1::text[])", names);
}

awaitable<std::map<std::string, Instant>> last_starts(pg::Transaction& tx) {
  const auto rows = co_await tx.query(
      "SELECT name, coalesce(started_at, known_at) AS started_at FROM background_jobs");
  std::map<std::string, Instant> starts;
  for (const auto& row : rows) {
    starts[row.get<std::string>("name")] = row.get<Instant>("started_at");
  }
  co_return starts;
}

void save(pg::Transaction& tx, const Record& record) {
  tx.execute(R"sql(
      UPDATE background_jobs
         SET started_at = $2, took_ms = $3, succeeded_at = coalesce($4, succeeded_at),
             failed_at = coalesce($5, failed_at),
             failure = coalesce(nullif($6, ''), failure), failures = $7,
             result = coalesce($8::jsonb, result)
       WHERE name = $1)sql",
             record.name, record.started_at, record.took_ms, record.succeeded_at, record.failed_at,
             record.failure, record.failures, record.result);
}

// Taken again by who has it, a lock is counted and stays one.
awaitable<std::vector<std::string>> lead(pg::Transaction& tx,
                                         const std::vector<std::string>& names) {
  const auto rows = co_await tx.query(R"sql(
      SELECT name
        FROM unnest($1::text[]) AS name
       WHERE pg_try_advisory_lock(hashtextextended('bordero.background.' || name, 0)))sql",
                                      names);
  co_return names_in(rows);
}

awaitable<std::vector<std::string>> take_asked(pg::Transaction& tx,
                                               const std::vector<std::string>& names) {
  const auto rows = co_await tx.query(R"sql(
      UPDATE background_jobs
         SET asked_at = NULL
       WHERE asked_at IS NOT NULL AND name = ANY($1::text[])
      RETURNING name)sql",
                                      names);
  co_return names_in(rows);
}

awaitable<std::map<std::string, int>> count_set_aside(pg::Transaction& tx) {
  const auto rows =
      co_await tx.query("SELECT rule, count(*)::integer AS count FROM set_aside GROUP BY rule");
  std::map<std::string, int> counts;
  for (const auto& row : rows) counts[row.get<std::string>("rule")] = row.get<int>("count");
  co_return counts;
}

}  // namespace bordero::background
