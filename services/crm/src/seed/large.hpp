#pragma once

#include "demo/seed_options.hpp"
#include "services/crm/src/config.hpp"

namespace bordero::crm {

// A million clients, three million deals and two million policies by COPY, with everything that
// lists, search, deadlines and reminders need;
// no events and no journal. Needs the owner's connection; what is there already stays.
void seed_large(const Config& config, const SeedOptions& options);

}  // namespace bordero::crm
