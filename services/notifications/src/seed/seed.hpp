#pragma once

#include "demo/seed_options.hpp"
#include "services/notifications/src/config.hpp"

namespace bordero::notifications {

// The copies of the large set's deals; there is no demo data of its own. Blocking.
void seed(const Config& config, const SeedOptions& options);

}  // namespace bordero::notifications
