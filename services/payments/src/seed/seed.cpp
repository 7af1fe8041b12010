#include "services/payments/src/seed/seed.hpp"

#include "demo/run_seed.hpp"
#include "services/payments/src/seed/demo.hpp"
#include "services/payments/src/seed/large.hpp"

namespace bordero::payments {

void seed(const Config& config, const SeedOptions& options) {
  demo::run_seed(config.pg_dsn, "payments-seed", seed_demo);
  if (options.large) seed_large(config, options);
}

}  // namespace bordero::payments
