#pragma once

#include <string>

#include "platform/base/context.hpp"
#include "platform/pg/database.hpp"

namespace bordero::crm {

// A client with an active policy is active; the first one makes it so.
awaitable<void> make_client_active(pg::Transaction& tx, const Context& ctx,
                                   const std::string& client_id);

// One that has had no policy in force for two years is inactive. Holds the client first.
awaitable<void> make_client_inactive(pg::Transaction& tx, const Context& ctx,
                                     const std::string& client_id);

}  // namespace bordero::crm
