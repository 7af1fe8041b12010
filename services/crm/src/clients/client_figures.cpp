#include "services/crm/src/clients/client_figures.hpp"

#include "platform/base/clock.hpp"
#include "platform/lists/condition.hpp"

namespace bordero::crm {

// Subqueries of the select list: PostgreSQL evaluates them for the rows of the page alone.
std::string client_figures(bool own) {
  const std::string today = lists::quoted_text(clock::today().str()) + "::date";
  const std::string policies =
      std::string("FROM policies fp ") +
      (own ? "JOIN policy_access fa ON fa.policy_id = fp.id AND fa.user_id = $1::uuid " : "") +
      "WHERE fp.client_id = c.id AND fp.status IN ('active', 'renewal_pending')";
  return "(SELECT count(*)::integer " + policies + R"sql() AS policies_in_force,
    (SELECT jsonb_agg(jsonb_build_object('amount', s.amount, 'currency', s.currency)
                      ORDER BY s.currency)
       FROM (SELECT fp.currency,
                    round(sum(premium_a_year(fp.premium_minor, fp.effective_from, fp.effective_to,
                                             fp.periods, )sql" +
         today + ")) / 100.0, 2)::text AS amount " + policies +
         R"sql( GROUP BY fp.currency) s) AS premium_a_year,
    (SELECT min(fd.deadline_on) FROM deals fd )sql" +
         (own ? "JOIN deal_access fda ON fda.deal_id = fd.id AND fda.user_id = $1::uuid " : "") +
         "WHERE fd.client_id = c.id AND fd.status <> 'closed') AS next_date";
}

}  // namespace bordero::crm
