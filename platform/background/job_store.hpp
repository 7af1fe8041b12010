#pragma once

#include <map>
#include <string>
#include <vector>

#include "platform/pg/database.hpp"

// All SQL that touches background_jobs and set_aside, but for setting aside itself.
namespace bordero::background {

// What is kept of one job: how it is meant to run, and how its last runs went.
struct Record {
  std::string name;
  std::int64_t period_ms = 0;
  std::string at = {};
  std::optional<Instant> started_at = std::nullopt;
  std::int64_t took_ms = 0;
  std::optional<Instant> succeeded_at = std::nullopt;
  std::optional<Instant> failed_at = std::nullopt;
  std::string failure = {};
  int failures = 0;  // In a row.
  std::optional<std::string> result = std::nullopt;
};

// Enters the jobs that are new, with when each is known of, and forgets those of former releases.
void enter(pg::Transaction& tx, const std::vector<Record>& records);
// When each daily job ran last, or became known.
awaitable<std::map<std::string, Instant>> last_starts(pg::Transaction& tx);
void save(pg::Transaction& tx, const Record& record);

// Of the names, those that this connection leads; held until it ends.
awaitable<std::vector<std::string>> lead(pg::Transaction& tx,
                                         const std::vector<std::string>& names);
// Jobs among the names that somebody wants to run now; asked no longer.
awaitable<std::vector<std::string>> take_asked(pg::Transaction& tx,
                                               const std::vector<std::string>& names);
// How many rows each rule has set aside.
awaitable<std::map<std::string, int>> count_set_aside(pg::Transaction& tx);

}  // namespace bordero::background
