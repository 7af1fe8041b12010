#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "platform/base/uuid.hpp"
#include "platform/pg/database.hpp"
#include "services/crm/src/policies/policy_view.hpp"

namespace bordero::crm {

awaitable<Result<SeenPolicy>> find_policy(pg::Transaction& tx, Id<Policy> id, const Caller& caller);
// Holds the policy's deal, then the policy, until the transaction ends, then reads both.
awaitable<Result<SeenPolicy>> lock_policy(pg::Transaction& tx, Id<Policy> id, const Caller& caller);
// As anybody sees them; all ids are there.
awaitable<SeenPolicy> view_policy(pg::Transaction& tx, Id<Policy> id);
awaitable<std::vector<SeenPolicy>> view_policies(pg::Transaction& tx,
                                                 const std::vector<std::string>& ids);

// Queued: all that a view says, and the next version.
void insert_policy(pg::Transaction& tx, const v1::Policy& policy);
void save_policy(pg::Transaction& tx, const v1::Policy& policy);
// Queued: a draft that nothing refers to goes.
void remove_policy(pg::Transaction& tx, const std::string& id);

// The policies that continue each other and hold this one, the first one first, as the caller sees
// them. A chain lives in one deal.
awaitable<std::vector<SeenPolicy>> list_chain(pg::Transaction& tx, const v1::Policy& policy,
                                              const Caller& caller);
// The instalments of the policy whose premium was received, as Payments told.
awaitable<std::set<std::string>> received_instalments(pg::Transaction& tx,
                                                      const std::string& policy_id);
// The names of those of the clients that the caller may see, by id.
awaitable<std::vector<std::pair<std::string, std::string>>> names_of_clients(
    pg::Transaction& tx, const std::vector<std::string>& ids, const Caller& caller);

// The columns and joins that policy_of reads, for lists.
extern const char* const kPolicyColumns;
extern const char* const kPolicyJoins;

}  // namespace bordero::crm
