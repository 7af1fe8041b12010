#pragma once

#include <optional>
#include <string>

#include "bordero/auth/v1/agency.pb.h"
#include "platform/background/rule.hpp"
#include "platform/mq/mq.hpp"
#include "platform/projection/compare.hpp"
#include "platform/rpc/peers.hpp"

// The copy of what the agency says of itself (agency.sql), for services that write its papers and
// messages.
namespace bordero::projection {

// Nothing until the copy is filled.
awaitable<std::optional<auth::v1::Agency>> find_agency(pg::Transaction& tx);
// Takes a newer version; false when ours is as new.
awaitable<bool> keep_agency(pg::Transaction& tx, const auth::v1::Agency& agency);
void follow_agency(mq::Consumer& consumer);

// Filled once, compared nightly.
background::Copy copy_of_agency(pg::Database& db, rpc::Peers& peers, const char* service);
Comparable comparable_agency(pg::Database& db, rpc::Peers& peers, const char* service);

}  // namespace bordero::projection
