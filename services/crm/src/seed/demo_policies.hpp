#pragma once

#include "platform/base/context.hpp"
#include "platform/pg/database.hpp"

namespace bordero::crm {

// The clients, deals and policies of the demo agency's book.
awaitable<Result<void>> seed_policies(pg::Transaction& tx, const Context& ctx);

}  // namespace bordero::crm
