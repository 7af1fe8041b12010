#pragma once

#include <functional>
#include <string>

#include "platform/pg/database.hpp"

namespace bordero::demo {

// Runs work on a database of its own to its end, for commands that serve nothing. Throws what it
// throws, and Broken with the reason when it is refused.
void run_seed(const std::string& dsn, const std::string& application_name,
              const std::function<awaitable<Result<void>>(pg::Database&)>& work);

}  // namespace bordero::demo
