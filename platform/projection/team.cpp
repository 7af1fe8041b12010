#include "platform/projection/team.hpp"

#include "platform/policy/policy.hpp"

namespace bordero::projection {

lists::Team team_of(const Caller& caller, const OpenDeals& deals) {
  const std::string seen =
      policy::predicate(caller, "deals.read", {.lead = "x.is_lead", .member = "true", .owner = ""});
  const std::string access = deals.access;
  const std::string open = deals.open;
  if (seen == "true") {
    // One look into the index for each person, however many deals there are.
    return {.sql = "SELECT u.id AS user_id FROM users u CROSS JOIN LATERAL (SELECT FROM " + access +
                   " WHERE " + open + " AND x.user_id = u.id ORDER BY " + deals.one_of_many +
                   " LIMIT 1) AS busy",
            .params = {}};
  }
  // And here one for each of the caller's deals.
  return {.sql = "SELECT DISTINCT m.user_id FROM " + access +
                 " CROSS JOIN LATERAL (SELECT t.user_id FROM deal_access t "
                 "WHERE t.deal_id = x.deal_id OFFSET 0) AS m WHERE x.user_id = $1::uuid AND " +
                 open + " AND " + seen,
          .params = {caller.user_id}};
}

}  // namespace bordero::projection
