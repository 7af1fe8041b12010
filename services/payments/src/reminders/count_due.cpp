#include "services/payments/src/reminders/count_due.hpp"

namespace bordero::payments {

awaitable<pg::Rows> count_due(pg::Transaction& tx, const std::vector<std::string>& people,
                              Date on) {
  co_return co_await tx.query(R"sql(
      SELECT a.user_id, 'premium' AS kind, count(*)::integer AS count,
             count(*) FILTER (WHERE a.planned_date < $2)::integer AS overdue
        FROM payment_access a
        JOIN payments p ON p.id = a.payment_id
       WHERE a.user_id = ANY ($1::uuid[]) AND a.is_lead AND a.planned_date <= $2
         AND a.status = 'planned' AND NOT a.voided AND p.type = 'client_premium'
       GROUP BY a.user_id
       UNION ALL
      SELECT u.id, 'confirmation', waiting.count, waiting.overdue
        FROM users u,
             (SELECT count(*)::integer AS count,
                     count(*) FILTER (WHERE planned_date < $2)::integer AS overdue
                FROM payments
               WHERE status = 'expected' AND NOT voided) AS waiting
       WHERE u.id = ANY ($1::uuid[]) AND u.role = 'finance' AND waiting.count > 0)sql",
                              people, on);
}

}  // namespace bordero::payments
