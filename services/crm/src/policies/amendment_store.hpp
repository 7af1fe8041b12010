#pragma once

#include <string>
#include <vector>

#include "bordero/crm/v1/amendments.pb.h"
#include "platform/base/uuid.hpp"
#include "platform/pg/database.hpp"

namespace bordero::crm {

struct Amendment;

// Of this policy alone; the caller has seen the policy.
awaitable<Result<v1::Amendment>> find_amendment(pg::Transaction& tx, Id<Amendment> id,
                                                const std::string& policy_id);
awaitable<std::vector<v1::Amendment>> list_amendments(pg::Transaction& tx,
                                                      const std::string& policy_id);
// The policy that an amendment changes, or nothing.
awaitable<std::optional<Uuid>> policy_of_amendment(pg::Transaction& tx, const Uuid& id);

// Queued.
void insert_amendment(pg::Transaction& tx, const v1::Amendment& amendment);
void save_amendment(pg::Transaction& tx, const v1::Amendment& amendment);

}  // namespace bordero::crm
