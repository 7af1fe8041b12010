#include "platform/projection/team.hpp"

#include "platform/policy/policy.hpp"

namespace bordero::projection {

lists::Team team_of(const Caller& caller, const OpenDeals& deals) {
  const std::string seen = policy::predicate(caller.role, "deals.read",
                                             {.lead = "a.is_lead", .member = "true", .owner = ""});
  const std::string members = deals.members;
  if (seen == "true") {
    // One look into the index for each person, however many deals there are.
    return {.sql = "SELECT u.id AS user_id FROM users u CROSS JOIN LATERAL (SELECT FROM " +
                   members + " AND m.user_id = u.id ORDER BY " + deals.one_of_many +
                   " LIMIT 1) AS busy",
            .params = {}};
  }
  return {
      .sql = "SELECT DISTINCT m.user_id FROM " + members +
             " AND m.deal_id IN (SELECT a.deal_id FROM deal_access a WHERE a.user_id = $1::uuid "
             "AND " +
             seen + ")",
      .params = {caller.user_id}};
}

}  // namespace bordero::projection
