#pragma once

#include "platform/pg/database.hpp"

namespace bordero::crm {

// An agency in the middle of its year, in one transaction, with the events of its history; what is
// there already stays.
awaitable<Result<void>> seed_demo(pg::Database& db);

}  // namespace bordero::crm
