#pragma once

#include "bordero/audit/v1/audit.pb.h"
#include "platform/pg/database.hpp"
#include "services/audit/src/verify/log_check.hpp"

namespace bordero::audit {

// Reads the stored log by pages and checks all of it against its heads and its tree. Entries that
// arrive meanwhile are left to the next pass.
awaitable<Result<v1::VerifyReply>> verify_log(pg::Database& db, const std::string& public_key);

// Keeps a verdict beside the log, and gives the newest one.
awaitable<Result<void>> save_verdict(pg::Database& db, const v1::VerifyReply& verdict);
awaitable<std::optional<v1::VerifyReply>> find_newest_verdict(pg::Transaction& tx);

}  // namespace bordero::audit
