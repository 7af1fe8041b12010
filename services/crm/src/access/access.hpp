#pragma once

#include <string>
#include <vector>

#include "bordero/common/v1/common.pb.h"
#include "platform/base/async.hpp"
#include "platform/base/context.hpp"
#include "platform/mq/mq.hpp"
#include "platform/pg/param.hpp"
#include "platform/policy/capability.hpp"
#include "platform/policy/policy.hpp"
#include "platform/redis/client.hpp"

namespace bordero::crm {

// The caller's id as a uuid parameter; NULL for the system, which owns and leads nothing.
std::optional<std::string> user_param(const Caller& caller);

// The SQL of "the caller may see this deal" where `a` is the caller's row of deal_access, or NULLs.
std::string deals_seen(Role role);
// The same of clients, where `a` is the caller's row of client_access.
std::string clients_seen(Role role);
// The same for queries that begin at the caller's rows: having one is being related, and the index
// alone tells that.
std::string related_seen(Role role, std::string_view action);

// Tells gateways that rights of these users changed, before the change is answered. Without Redis
// they ask Auth on each request anyway.
awaitable<void> raise_acl(redis::Client& redis, std::vector<std::string> user_ids);

// Who came to a deal and who left it.
struct TeamChange {
  std::string deal_id;
  std::vector<std::string> joined;
  std::vector<std::string> left;
};
// The same after a change of teams; for a week it is also noted who left which deal, for services
// whose copy of the team may be late (projection::just_left).
awaitable<void> tell_team_changes(redis::Client& redis, std::vector<TeamChange> changes);

using policy::add_capability;

Result<void> may(const Caller& caller, const char* action, const char* read_action,
                 const policy::Relation& relation, const char* missing);

// About a record that these users see besides the roles that see all.
mq::About about(const char* entity_type, const std::string& id, int version,
                std::vector<std::string> audience_users);

}  // namespace bordero::crm
