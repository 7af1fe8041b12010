#include "services/crm/src/seed/large.hpp"

#include "demo/large_copies.hpp"
#include "platform/base/log.hpp"
#include "services/crm/src/seed/large_rows.hpp"

namespace bordero::crm {
namespace {

const std::vector<std::string> kTables = {
    "clients",      "client_access", "client_search",   "deals",          "deal_members",
    "deal_access",  "deal_search",   "journal_entries", "deal_events",    "client_distinctions",
    "calculations", "offers",        "policies",        "policy_access",  "policy_payments",
    "deal_dates",   "task_versions", "amendments",      "fired_reminders"};

// All tables are filled in one pass over the made-up clients.
void load(const std::string& dsn, const SeedOptions& options) {
  const large::Book book(options, clock::today());
  LargeRows rows(book);
  demo::CopyLoad copy(dsn, rows.targets());
  for (int number = 1; number <= options.clients; ++number) {
    rows.add_client(static_cast<unsigned>(number));
    copy.send();
  }
  copy.finish();
}

// Numbers given later continue after the loaded ones.
void continue_numbers(pg::BlockingConnection& owner, int deals) {
  const std::string year = std::to_string(clock::today().year());
  owner.execute("SELECT next_deal_number(" + year + "); SELECT setval('deal_numbers_" + year +
                "', greatest(" + std::to_string(large::last_number(deals)) +
                ", nextval('deal_numbers_" + year + "')))");
}

bool is_loaded(pg::BlockingConnection& owner) {
  return !owner.column("SELECT id FROM clients WHERE id = $1", {seed_id(large::kClientFamily, 1)})
              .empty();
}

}  // namespace

void seed_large(const Config& config, const SeedOptions& options) {
  pg::BlockingConnection owner(config.pg_migrate_dsn);
  if (!is_loaded(owner)) {
    demo::load_large_users(owner);
    demo::take_away_indexes(owner, kTables);
    load(config.pg_migrate_dsn, options);
    continue_numbers(owner, options.deals);
    log::info(
        "large set loaded",
        {{"clients", options.clients}, {"deals", options.deals}, {"policies", options.policies}});
  }
  demo::bring_back_indexes(owner);
  log::info("large set indexed");
}

}  // namespace bordero::crm
