#pragma once

#include "platform/pg/database.hpp"

namespace bordero::tasks {

// What the demo agency's people have to do around today. Tasks of deals come by the rules, from the
// events that CRM's demo deals publish.
awaitable<Result<void>> seed_demo(pg::Database& db);

}  // namespace bordero::tasks
