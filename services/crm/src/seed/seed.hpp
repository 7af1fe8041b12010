#pragma once

#include "demo/seed_options.hpp"
#include "services/crm/src/config.hpp"

namespace bordero::crm {

// The demo agency's clients and deals, or the large set. Blocking; for `bordero seed`.
void seed(const Config& config, const SeedOptions& options);

}  // namespace bordero::crm
