#pragma once

#include <vector>

#include "platform/pg/database.hpp"

namespace bordero::pg {

// What `migrate` applies before a service's own migrations, in this order: the platform's tables
// grow by further entries, which databases that are there already get too.
const std::vector<Migration>& platform_migrations();

}  // namespace bordero::pg
