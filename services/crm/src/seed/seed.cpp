#include "services/crm/src/seed/seed.hpp"

#include "demo/run_seed.hpp"
#include "services/crm/src/seed/demo.hpp"
#include "services/crm/src/seed/large.hpp"

namespace bordero::crm {

void seed(const Config& config, const SeedOptions& options) {
  demo::run_seed(config.pg_dsn, "crm-seed", seed_demo);
  if (options.large) seed_large(config, options);
}

}  // namespace bordero::crm
