#include "services/payments/src/seed/large.hpp"

#include "platform/base/log.hpp"
#include "services/payments/src/seed/large_rows.hpp"

namespace bordero::payments {
namespace {

const std::vector<std::string> kTables = {"deals",          "deal_access",      "policies",
                                          "payments",       "payment_versions", "payment_access",
                                          "fired_reminders"};

void load(const std::string& dsn, const SeedOptions& options) {
  const large::Book book(options, clock::today());
  LargeRows rows(book.today());
  demo::CopyLoad copy(dsn, rows.targets());
  for (int number = 1; number <= options.deals; ++number) {
    rows.add(book.file(static_cast<unsigned>(number)));
    copy.send();
  }
  copy.finish();
}

// Numbers given later continue after the loaded ones.
void continue_numbers(pg::BlockingConnection& owner, unsigned last) {
  const std::string year = std::to_string(clock::today().year());
  owner.execute("SELECT next_payment_number(" + year + "); SELECT setval('payment_numbers_" + year +
                "', greatest(" + std::to_string(last) + ", nextval('payment_numbers_" + year +
                "')))");
}

bool is_loaded(pg::BlockingConnection& owner) {
  return !owner.column("SELECT id FROM deals WHERE id = $1", {seed_id(large::kDealFamily, 1)})
              .empty();
}

}  // namespace

void seed_large(const Config& config, const SeedOptions& options) {
  pg::BlockingConnection owner(config.pg_migrate_dsn);
  if (!is_loaded(owner)) {
    demo::load_large_users(owner);
    demo::take_away_indexes(owner, kTables);
    load(config.pg_migrate_dsn, options);
    continue_numbers(owner, large::last_payment_number(options));
    demo::deals_are_copied(owner);
    log::info("large set loaded", {{"policies", options.policies}});
  }
  demo::bring_back_indexes(owner);
  log::info("large set indexed");
}

}  // namespace bordero::payments
