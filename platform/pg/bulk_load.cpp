#include "platform/pg/bulk_load.hpp"

namespace bordero::pg {
namespace {

constexpr std::size_t kPiece = 1 << 18;  // Bytes sent at once.

// %TABLES% are the quoted names.
constexpr const char* kTakeAway = R"sql(
DO $$
DECLARE
  names text[] := ARRAY[%TABLES%];
  item record;
BEGIN
  IF to_regclass('large_load') IS NOT NULL THEN RETURN; END IF;
  CREATE TABLE large_load (position serial, restore text NOT NULL);
  FOR item IN
    SELECT i.indexrelid::regclass AS name, pg_get_indexdef(i.indexrelid) AS definition
      FROM pg_index i
     WHERE i.indrelid = ANY (SELECT unnest(names)::regclass)
       AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid)
  LOOP
    INSERT INTO large_load (restore) VALUES (item.definition);
    EXECUTE 'DROP INDEX ' || item.name;
  END LOOP;
  FOR item IN
    SELECT c.conrelid::regclass AS on_table, quote_ident(c.conname) AS name,
           pg_get_constraintdef(c.oid) AS definition
      FROM pg_constraint c
     WHERE c.contype = 'f' AND c.conrelid = ANY (SELECT unnest(names)::regclass)
  LOOP
    INSERT INTO large_load (restore)
    VALUES (format('ALTER TABLE %s ADD CONSTRAINT %s %s', item.on_table, item.name,
                   item.definition));
    EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %s', item.on_table, item.name);
  END LOOP;
  FOR i IN 1 .. cardinality(names) LOOP
    INSERT INTO large_load (restore)
    VALUES (format('ALTER TABLE %s ENABLE TRIGGER USER', names[i]));
    EXECUTE format('ALTER TABLE %s DISABLE TRIGGER USER', names[i]);
  END LOOP;
END $$)sql";

}  // namespace

CopyLoad::CopyLoad(const std::string& dsn, std::vector<CopyTarget> targets)
    : targets_(std::move(targets)) {
  for (const auto& target : targets_) {
    auto& connection = connections_.emplace_back(std::make_unique<CopyConnection>(dsn));
    connection->execute("BEGIN");
    connection->begin_copy(target.table_and_columns);
  }
}

void CopyLoad::send(std::size_t least) {
  for (std::size_t i = 0; i < targets_.size(); ++i) {
    auto& buffer = targets_[i].rows->buffer();
    if (buffer.size() < least) continue;
    connections_[i]->send(buffer);
    buffer.clear();
  }
}

void CopyLoad::send() { send(kPiece); }

void CopyLoad::finish() {
  send(1);
  for (auto& connection : connections_) connection->end_copy();
  for (auto& connection : connections_) connection->execute("COMMIT");
}

void take_away_indexes(BlockingConnection& owner, const std::vector<std::string>& tables) {
  std::string names;
  for (const auto& table : tables) names += (names.empty() ? "'" : ", '") + table + "'";
  std::string sql = kTakeAway;
  sql.replace(sql.find("%TABLES%"), 8, names);
  owner.execute(sql);
}

void bring_back_indexes(BlockingConnection& owner) {
  if (owner.column("SELECT to_regclass('large_load')").at(0).empty()) return;
  owner.execute("SET maintenance_work_mem = '512MB'; SET max_parallel_maintenance_workers = 2");
  for (const auto& restore : owner.column("SELECT restore FROM large_load ORDER BY position")) {
    owner.execute(restore);
    owner.execute("DELETE FROM large_load WHERE position = (SELECT min(position) FROM large_load)");
  }
  owner.execute("DROP TABLE large_load");
  owner.execute("VACUUM (ANALYZE)");
}

}  // namespace bordero::pg
