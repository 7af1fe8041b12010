#pragma once

#include <string>

namespace bordero {

// What `bordero seed` was asked for. Seeding is safe to repeat: what is there already stays.
struct SeedOptions {
  bool large = false;
  std::string users_file;   // Where Auth writes the demo users: [{email, password, role, …}].
  int clients = 1'000'000;  // Of the large set.
  int deals = 3'000'000;
  int policies = 2'000'000;  // With four payments each.
  int tasks = 4'000'000;
};

}  // namespace bordero
