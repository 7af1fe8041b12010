
#include <algorithm>
#include <map>

#include "platform/base/bytes.hpp"
#include "platform/base/error.hpp"
#include "platform/base/log.hpp"
#include "platform/pg/blocking.hpp"
#include "platform/pg/database.hpp"
#include "platform/pg/schema.hpp"

namespace bordero::pg {
namespace {

constexpr const char* kPrepare = R"sql(
    SET lock_timeout = '30s';
    SET client_min_messages = warning;
    CREATE TABLE IF NOT EXISTS schema_migrations (
      name       text PRIMARY KEY,
      digest     text NOT NULL,
      applied_at timestamptz NOT NULL DEFAULT now()
    ))sql";

std::string digest_of(const std::string& sql) { return hex(sha256(sql)); }

void apply(BlockingConnection& connection, const std::string& service, const Migration& migration) {
  connection.execute("BEGIN");
  try {
    connection.execute(migration.sql);
    connection.column("INSERT INTO schema_migrations (name, digest) VALUES ($1, $2)",
                      {migration.name, digest_of(migration.sql)});
    connection.execute("COMMIT");
  } catch (const SqlError& error) {
    throw SqlError(error.sqlstate, error.constraint,
                   service + ": migration " + migration.name + " failed: " + error.what());
  }
  log::info("migration applied", {{"service", service}, {"name", migration.name}});
}

std::map<std::string, std::string> applied_digests(BlockingConnection& connection) {
  std::map<std::string, std::string> digests;
  for (const std::string& name : connection.column("SELECT name FROM schema_migrations")) {
    digests[name] =
        connection.column("SELECT digest FROM schema_migrations WHERE name = $1", {name}).at(0);
  }
  return digests;
}

}  // namespace

void migrate(const std::string& owner_dsn, const std::string& service,
             const std::vector<Migration>& migrations) {
  std::vector<Migration> all = migrations;
  std::sort(all.begin(), all.end(),
            [](const Migration& a, const Migration& b) { return a.name < b.name; });
  all.insert(all.begin(), platform_migrations().begin(), platform_migrations().end());

  BlockingConnection connection(owner_dsn);
  // Ends with the connection; whoever comes second finds everything applied.
  connection.column("SELECT pg_advisory_lock(hashtext('bordero.schema_migrations'))");
  connection.execute(kPrepare);
  const auto applied = applied_digests(connection);
  for (const Migration& migration : all) {
    const auto known = applied.find(migration.name);
    if (known != applied.end() && known->second != digest_of(migration.sql)) {
      throw Broken(service + ": migration " + migration.name +
                   " was applied with other content; a change needs a new file");
    }
  }
  for (const Migration& migration : all) {
    if (!applied.contains(migration.name)) apply(connection, service, migration);
  }
}

}  // namespace bordero::pg
