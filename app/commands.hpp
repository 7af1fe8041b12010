#pragma once

#include <string>
#include <vector>

namespace bordero::app {

// `bordero migrate`: brings every service's database to this release's schema. Prints the first
// admin's one-time link when an installation has nobody yet.
int migrate(const std::vector<std::string>& arguments);
// `bordero seed [--size demo|large] [--users-file PATH] [--clients N] [--deals N]`.
int seed(const std::vector<std::string>& arguments);

}  // namespace bordero::app
