#pragma once

#include <string>

#include "platform/pg/database.hpp"

namespace bordero::audit {

// One pass over the whole log, kept as a verdict and told in logs and metrics.
awaitable<void> verify_and_tell(pg::Database& db, const std::string& public_key);

}  // namespace bordero::audit
