#pragma once

#include "demo/seed_options.hpp"
#include "services/payments/src/config.hpp"

namespace bordero::payments {

// Puts demo data into the database; safe to repeat. Blocking.
void seed(const Config& config, const SeedOptions& options);

}  // namespace bordero::payments
