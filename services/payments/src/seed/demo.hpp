#pragma once

#include "platform/pg/database.hpp"

namespace bordero::payments {

// The demo agency's commission rules, and a year of payments of its policies. Safe to repeat, and
// whether or not the events of CRM's own demo data came first.
awaitable<Result<void>> seed_demo(pg::Database& db);

}  // namespace bordero::payments
