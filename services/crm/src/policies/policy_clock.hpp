#pragma once

#include "platform/pg/database.hpp"

namespace bordero::crm {

// What the clock does with policies, so many at a time: active ones whose end is near wait for
// their renewal, and predecessors that ended are closed once their successor is in force. True when
// there may be more.
awaitable<Result<bool>> advance_policies(pg::Database& db, int notice_days);

}  // namespace bordero::crm
