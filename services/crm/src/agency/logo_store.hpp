#pragma once

#include <string>

#include "platform/pg/database.hpp"

namespace bordero::crm {

// The picture of this digest; no bytes when it is not here.
awaitable<std::string> find_logo(pg::Transaction& tx, const std::string& digest);
// The digest of the agency's picture while that is not here; empty otherwise.
awaitable<std::string> missing_logo(pg::Transaction& tx);
void keep_logo(pg::Transaction& tx, const std::string& digest, std::string data);  // Queued.

}  // namespace bordero::crm
