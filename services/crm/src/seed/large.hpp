#pragma once

#include "platform/base/seed.hpp"
#include "services/crm/src/config.hpp"

namespace bordero::crm {

// A million clients and three million deals by COPY, with everything that lists and search need;
// no events and no journal. Needs the owner's connection; what is there already stays.
void seed_large(const Config& config, const SeedOptions& options);

}  // namespace bordero::crm
