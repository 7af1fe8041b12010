#include "services/notifications/src/seed/seed.hpp"

#include "demo/large_copies.hpp"
#include "platform/base/log.hpp"

namespace bordero::notifications {
namespace {

bool is_loaded(pg::BlockingConnection& owner) {
  return !owner.column("SELECT id FROM deals WHERE id = $1", {seed_id(large::kDealFamily, 1)})
              .empty();
}

}  // namespace

void seed(const Config& config, const SeedOptions& options) {
  if (!options.large) return;
  pg::BlockingConnection owner(config.pg_migrate_dsn);
  if (!is_loaded(owner)) {
    demo::load_large_users(owner);
    demo::take_away_indexes(owner, {"deals", "deal_access"});
    const large::Book book(options, clock::today());
    demo::LargeDealCopies deals;
    demo::CopyLoad copy(config.pg_migrate_dsn, deals.targets());
    for (int number = 1; number <= options.deals; ++number) {
      deals.add(book.file(static_cast<unsigned>(number)).deal);
      copy.send();
    }
    copy.finish();
    demo::deals_are_copied(owner);
  }
  demo::bring_back_indexes(owner);
  log::info("large set indexed");
}

}  // namespace bordero::notifications
