#pragma once

#include "bordero/common/v1/common.pb.h"
#include "platform/pg/database.hpp"
#include "services/auth/src/agency/agency.hpp"

namespace bordero::auth {

awaitable<v1::Agency> view_agency(pg::Transaction& tx);
awaitable<v1::Agency> lock_agency(pg::Transaction& tx);
void save_agency(pg::Transaction& tx, const v1::Agency& agency);  // Queued; a version further.
void save_logo(pg::Transaction& tx, const Logo& logo);            // Queued.

// The picture, when there is one and it is this one; any when `digest` is empty.
awaitable<Result<common::v1::File>> find_logo(pg::Transaction& tx, const std::string& digest);

}  // namespace bordero::auth
