#include "services/crm/src/reminders/count_due.hpp"

namespace bordero::crm {

awaitable<pg::Rows> count_due(pg::Transaction& tx, const std::vector<std::string>& people,
                              Date on) {
  co_return co_await tx.query(R"sql(
      SELECT a.user_id, 'deal' AS kind, count(*)::integer AS count,
             count(*) FILTER (WHERE a.deadline_on < $2)::integer AS overdue
        FROM deal_access a
        JOIN deals d ON d.id = a.deal_id
       WHERE a.user_id = ANY ($1::uuid[]) AND a.deadline_on <= $2
         AND d.deadline_assignee_id = a.user_id AND d.deadline_reason <> 'task'
       GROUP BY a.user_id
       UNION ALL
      SELECT a.user_id, 'renewal', count(*)::integer, 0
        FROM policy_access a
        JOIN policies o ON o.id = a.policy_id
       WHERE a.user_id = ANY ($1::uuid[]) AND a.is_lead
         AND a.status IN ('active', 'renewal_pending')
         AND a.effective_to BETWEEN $2 AND $2 + 30 AND o.successor_id IS NULL
       GROUP BY a.user_id)sql",
                              people, on);
}

}  // namespace bordero::crm
