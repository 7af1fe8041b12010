#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "platform/base/context.hpp"
#include "platform/mq/mq.hpp"
#include "platform/pg/database.hpp"
#include "platform/policy/policy.hpp"
#include "platform/redis/client.hpp"

namespace bordero::payments {

// The caller's id as a uuid parameter; NULL for the system.
std::optional<std::string> user_param(const Caller& caller);
// Whether the role sees payments of every deal.
bool sees_all(Role role);
// Deals that the caller left a moment ago, whatever the copy still shows; none for who sees all.
awaitable<std::vector<std::string>> hidden_deals(redis::Client& redis, const Caller& caller);

// Members of deals, by deal: who sees their payments besides the roles that see all.
using People = std::map<std::string, std::vector<std::string>>;
awaitable<People> people_of(pg::Transaction& tx, const std::set<std::string>& deal_ids);

// About a record of a deal that these people see besides the roles that see all.
mq::About about_payment(const std::string& id, int version, std::vector<std::string> people);

}  // namespace bordero::payments
