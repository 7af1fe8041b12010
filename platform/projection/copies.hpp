#pragma once

#include "platform/background/rule.hpp"
#include "platform/pg/database.hpp"
#include "platform/projection/compare.hpp"
#include "platform/rpc/peers.hpp"

// The copies of users and deals as a service keeps them: filled once, compared nightly. Its
// consumer follows their events besides.
namespace bordero::projection {

background::Copy copy_of_users(pg::Database& db, rpc::Peers& peers, const char* service);
background::Copy copy_of_deals(pg::Database& db, rpc::Peers& peers, const char* service);

// The two sides of each, for the comparison.
Comparable comparable_users(pg::Database& db, rpc::Peers& peers, const char* service);
Comparable comparable_deals(pg::Database& db, rpc::Peers& peers, const char* service);

}  // namespace bordero::projection
