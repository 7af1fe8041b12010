#pragma once

#include "demo/seed_options.hpp"
#include "services/auth/src/config.hpp"

namespace bordero::auth {

// The demo users, with passwords written to the options' file. Blocking; for `bordero seed`.
void seed(const Config& config, const SeedOptions& options);

}  // namespace bordero::auth
