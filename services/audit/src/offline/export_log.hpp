#pragma once

#include <ostream>

#include "platform/pg/database.hpp"

namespace bordero::audit {

// Writes the whole log with its heads; returns the number of entries.
awaitable<Result<std::int64_t>> export_log(pg::Database& db, std::ostream& out);

}  // namespace bordero::audit
