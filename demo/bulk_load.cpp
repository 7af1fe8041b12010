#include "demo/bulk_load.hpp"

namespace bordero::demo {
namespace {

constexpr std::size_t kPiece = 1 << 18;  // Bytes sent at once.

// %TABLES% are the quoted names. What is put back first has the lowest rank.
constexpr const char* kTakeAway = R"sql(
DO $$
DECLARE
  names text[] := ARRAY[%TABLES%];
  tables regclass[] := ARRAY(SELECT unnest(names)::regclass);
  item record;
BEGIN
  IF to_regclass('large_load') IS NOT NULL THEN RETURN; END IF;
  CREATE TABLE large_load (rank integer NOT NULL, position serial, restore text NOT NULL);
  FOR item IN
    SELECT c.conrelid::regclass AS on_table, quote_ident(c.conname) AS name,
           pg_get_constraintdef(c.oid) AS definition, CASE c.contype WHEN 'f' THEN 2 ELSE 0 END AS rank
      FROM pg_constraint c
     WHERE (c.contype = 'f' AND (c.conrelid = ANY (tables) OR c.confrelid = ANY (tables)))
        OR (c.contype IN ('p', 'u') AND c.conrelid = ANY (tables))
     ORDER BY c.contype  -- A key goes after the foreign keys to it.
  LOOP
    INSERT INTO large_load (rank, restore)
    VALUES (item.rank, format('ALTER TABLE %s ADD CONSTRAINT %s %s', item.on_table, item.name,
                              item.definition));
    EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %s', item.on_table, item.name);
  END LOOP;
  FOR item IN
    SELECT i.indexrelid::regclass AS name, pg_get_indexdef(i.indexrelid) AS definition
      FROM pg_index i
     WHERE i.indrelid = ANY (tables)
  LOOP
    INSERT INTO large_load (rank, restore) VALUES (1, item.definition);
    EXECUTE 'DROP INDEX ' || item.name;
  END LOOP;
  FOR i IN 1 .. cardinality(names) LOOP
    INSERT INTO large_load (rank, restore)
    VALUES (3, format('ALTER TABLE %s ENABLE TRIGGER USER', names[i]));
    EXECUTE format('ALTER TABLE %s DISABLE TRIGGER USER', names[i]);
  END LOOP;
END $$)sql";

// COPY writes rows as old as they will ever be (FREEZE) only into a table that was emptied in the
// same transaction; otherwise the index builds and the first reads would write every page again.
// %TABLE% is the quoted name.
constexpr const char* kEmptyForCopy = R"sql(
DO $$
DECLARE
  columns text := (SELECT string_agg(quote_ident(attname), ', ') FROM pg_attribute
                    WHERE attrelid = %TABLE%::regclass AND attnum > 0 AND NOT attisdropped
                      AND attgenerated = '');
BEGIN
  EXECUTE format('CREATE TEMP TABLE kept ON COMMIT DROP AS SELECT %s FROM %s', columns, %TABLE%);
  EXECUTE format('TRUNCATE %s', %TABLE%);
  EXECUTE format('INSERT INTO %s (%s) OVERRIDING SYSTEM VALUE SELECT %s FROM kept', %TABLE%,
                 columns, columns);
END $$)sql";

std::string with_names(std::string sql, const std::string& mark, const std::string& names) {
  for (auto at = sql.find(mark); at != std::string::npos; at = sql.find(mark, at)) {
    sql.replace(at, mark.size(), names);
  }
  return sql;
}

std::string table_of(const CopyTarget& target) {
  return target.table_and_columns.substr(0, target.table_and_columns.find_first_of(" ("));
}

}  // namespace

CopyLoad::CopyLoad(const std::string& dsn, std::vector<CopyTarget> targets)
    : targets_(std::move(targets)) {
  for (const auto& target : targets_) {
    auto& connection = connections_.emplace_back(std::make_unique<CopyConnection>(dsn));
    connection->execute("BEGIN");
    connection->execute(with_names(kEmptyForCopy, "%TABLE%", "'" + table_of(target) + "'"));
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

void take_away_indexes(pg::BlockingConnection& owner, const std::vector<std::string>& tables) {
  std::string names;
  for (const auto& table : tables) names += (names.empty() ? "'" : ", '") + table + "'";
  owner.execute(with_names(kTakeAway, "%TABLES%", names));
}

void bring_back_indexes(pg::BlockingConnection& owner) {
  if (owner.column("SELECT to_regclass('large_load')").at(0).empty()) return;
  owner.execute("SET maintenance_work_mem = '512MB'; SET max_parallel_maintenance_workers = 2");
  const std::string order = " FROM large_load ORDER BY rank, position";
  for (const auto& restore : owner.column("SELECT restore" + order)) {
    owner.execute(restore);
    owner.execute("DELETE FROM large_load WHERE position = (SELECT position" + order + " LIMIT 1)");
  }
  owner.execute("DROP TABLE large_load");
  owner.execute("VACUUM (ANALYZE)");
}

}  // namespace bordero::demo
