#include "services/tasks/src/seed/seed.hpp"

#include "demo/run_seed.hpp"
#include "services/tasks/src/seed/demo.hpp"
#include "services/tasks/src/seed/large.hpp"

namespace bordero::tasks {

void seed(const Config& config, const SeedOptions& options) {
  demo::run_seed(config.pg_dsn, "tasks-seed", seed_demo);
  if (options.large) seed_large(config, options);
}

}  // namespace bordero::tasks
