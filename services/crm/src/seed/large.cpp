#include "services/crm/src/seed/large.hpp"

#include <array>

#include "platform/base/demo_people.hpp"
#include "platform/base/log.hpp"
#include "platform/pg/blocking.hpp"
#include "services/crm/src/seed/large_rows.hpp"

namespace bordero::crm {
namespace {

constexpr std::size_t kPiece = 1 << 18;  // Bytes sent at once.

// What is put back afterwards is written down before it is taken away, so that an interrupted
// load can be repeated.
constexpr const char* kTakeAway = R"sql(
DO $$
DECLARE
  names text[] := ARRAY['clients', 'client_access', 'client_search', 'deals', 'deal_members',
                        'deal_access', 'deal_search', 'journal_entries', 'deal_events',
                        'client_distinctions'];
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
  FOR i IN 1 .. 7 LOOP
    INSERT INTO large_load (restore)
    VALUES (format('ALTER TABLE %s ENABLE TRIGGER USER', names[i]));
    EXECUTE format('ALTER TABLE %s DISABLE TRIGGER USER', names[i]);
  END LOOP;
END $$)sql";

struct Stream {
  const char* table;
  CopyRows LargeRows::* rows;
};
constexpr std::array kStreams = {
    Stream{"clients (id, type, full_name, short_name, sort_name, tax_number, registration_number, "
           "segment, contacts, address, owner_id, created_at, updated_at)",
           &LargeRows::clients},
    Stream{"client_access (client_id, user_id, is_owner, deal_count, sort_name, archived)",
           &LargeRows::client_access},
    Stream{"client_search (client_id, words, users)", &LargeRows::client_search},
    Stream{"deals (id, number, client_id, title, description, status, lost_reason, objects, "
           "lead_agent_id, executor_id, finance_controller_id, next_review_at, deadline_on, "
           "deadline_reason, created_at, updated_at)",
           &LargeRows::deals},
    Stream{"deal_members (deal_id, user_id, function)", &LargeRows::deal_members},
    Stream{"deal_access (deal_id, user_id, is_lead, status, deadline_on)", &LargeRows::deal_access},
    Stream{"deal_search (deal_id, words, users)", &LargeRows::deal_search},
};

// One connection a table, all filled in one pass over the made-up clients.
void load(const std::string& dsn, const SeedOptions& options) {
  std::vector<std::unique_ptr<CopyConnection>> connections;
  for (const auto& stream : kStreams) {
    auto& connection = connections.emplace_back(std::make_unique<CopyConnection>(dsn));
    connection->execute("BEGIN");
    connection->begin_copy(stream.table);
  }
  LargeRows rows;
  const auto send = [&](std::size_t least) {
    for (std::size_t i = 0; i < kStreams.size(); ++i) {
      auto& buffer = (rows.*kStreams[i].rows).buffer();
      if (buffer.size() < least) continue;
      connections[i]->send(buffer);
      buffer.clear();
    }
  };
  int deals_left = options.deals;
  for (int i = 0; i < options.clients; ++i) {
    const int deals = deals_left / (options.clients - i);
    rows.add_client(static_cast<unsigned>(i) + 1, deals);
    deals_left -= deals;
    send(kPiece);
  }
  send(1);
  for (auto& connection : connections) connection->end_copy();
  for (auto& connection : connections) connection->execute("COMMIT");
}

void seed_extra_users(pg::BlockingConnection& owner) {
  std::string values;
  for (int i = 0; i < demo::kExtraAgents; ++i) {
    values += (values.empty() ? "('" : ", ('") + demo::extra_agent_id(i) + "', '" +
              demo::extra_agent_name(i) + "', 'agent', 'active', 1)";
  }
  owner.execute("INSERT INTO users (id, full_name, role, status, version) VALUES " + values +
                " ON CONFLICT DO NOTHING");
}

// Numbers given later continue after the loaded ones.
void continue_numbers(pg::BlockingConnection& owner, int deals) {
  int year = kFirstYear;
  for (int left = deals; left > 0; left -= static_cast<int>(kDealsAYear), ++year) {
    const int last = std::min(left, static_cast<int>(kDealsAYear));
    const std::string number = std::to_string(year);
    std::string sql = "SELECT next_deal_number(";
    sql.append(number).append("); SELECT setval('deal_numbers_").append(number).append("', ");
    owner.execute(sql.append(std::to_string(last)).append(")"));
  }
}

bool is_loaded(pg::BlockingConnection& owner) {
  return !owner.column("SELECT id FROM clients WHERE id = $1", {seed_id(kLargeClientFamily, 1)})
              .empty();
}

}  // namespace

void seed_large(const Config& config, const SeedOptions& options) {
  pg::BlockingConnection owner(config.pg_migrate_dsn);
  if (!is_loaded(owner)) {
    seed_extra_users(owner);
    owner.execute(kTakeAway);
    load(config.pg_migrate_dsn, options);
    continue_numbers(owner, options.deals);
    log::info("large set loaded", {{"clients", options.clients}, {"deals", options.deals}});
  }
  if (owner.column("SELECT to_regclass('large_load')").at(0).empty()) return;

  owner.execute("SET maintenance_work_mem = '512MB'; SET max_parallel_maintenance_workers = 2");
  for (const auto& restore : owner.column("SELECT restore FROM large_load ORDER BY position")) {
    owner.execute(restore);
    owner.execute("DELETE FROM large_load WHERE position = (SELECT min(position) FROM large_load)");
  }
  owner.execute("DROP TABLE large_load");
  owner.execute("VACUUM (ANALYZE)");
  log::info("large set indexed");
}

}  // namespace bordero::crm
