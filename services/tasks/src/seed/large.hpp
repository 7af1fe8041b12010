#pragma once

#include "demo/seed_options.hpp"
#include "services/tasks/src/config.hpp"

namespace bordero::tasks {

// The copies of the large set's deals and four million tasks, by COPY; no events and no history.
// Needs the owner's connection; what is there already stays.
void seed_large(const Config& config, const SeedOptions& options);

}  // namespace bordero::tasks
