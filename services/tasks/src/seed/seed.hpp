#pragma once

#include "demo/seed_options.hpp"
#include "services/tasks/src/config.hpp"

namespace bordero::tasks {

// Fills an empty agency with invented tasks. Blocking.
void seed(const Config& config, const SeedOptions& options);

}  // namespace bordero::tasks
