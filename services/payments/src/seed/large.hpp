#pragma once

#include "demo/seed_options.hpp"
#include "services/payments/src/config.hpp"

namespace bordero::payments {

// The copies of the large set's deals and policies, and four payments a policy, by COPY; no events
// and no versions. Needs the owner's connection; what is there already stays.
void seed_large(const Config& config, const SeedOptions& options);

}  // namespace bordero::payments
