#include "platform/base/log.hpp"
#include "platform/projection/large_copies.hpp"
#include "services/notifications/src/service.hpp"

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
    projection::load_large_users(owner);
    pg::take_away_indexes(owner, {"deals", "deal_access"});
    const large::Book book(options, clock::today());
    projection::LargeDealCopies deals;
    pg::CopyLoad copy(config.pg_migrate_dsn, deals.targets());
    for (int number = 1; number <= options.deals; ++number) {
      deals.add(book.file(static_cast<unsigned>(number)).deal);
      copy.send();
    }
    copy.finish();
    projection::deals_are_copied(owner);
  }
  pg::bring_back_indexes(owner);
  log::info("large set indexed");
}

}  // namespace bordero::notifications
