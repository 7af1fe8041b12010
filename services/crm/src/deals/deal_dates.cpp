#include "services/crm/src/deals/deal_dates.hpp"

namespace bordero::crm {
namespace {

// A quote is the client's move while they decide. Of dates on one day the more urgent is shown.
constexpr std::string_view kRefresh = R"sql(
    UPDATE deals d
       SET deadline_on = n.on_date, deadline_reason = coalesce(n.kind, ''),
           deadline_subject_id = n.subject_id, deadline_waiting_on = coalesce(n.waiting_on, ''),
           deadline_assignee_id = n.assignee_id
      FROM deals e
      LEFT JOIN LATERAL (
        SELECT a.on_date, a.kind, a.subject_id,
               CASE WHEN a.kind = 'quote' AND e.status = 'client_decision' THEN 'client'
                    ELSE a.waiting_on END AS waiting_on,
               coalesce(a.assignee_id,
                        CASE a.waiting_on WHEN 'finance' THEN e.finance_controller_id
                                          WHEN 'executor' THEN e.executor_id END,
                        e.lead_agent_id) AS assignee_id
          FROM (SELECT on_date, kind, subject_id, waiting_on, assignee_id
                  FROM deal_dates WHERE deal_id = e.id
                UNION ALL
                SELECT valid_until, 'quote', id, 'agent', NULL
                  FROM calculations WHERE deal_id = e.id AND status = 'ready'
                UNION ALL
                SELECT e.next_review_at, 'next_review', e.id, 'agent', NULL
                UNION ALL
                SELECT e.expected_close_date, 'expected_close', e.id, 'agent', NULL) a
         WHERE a.on_date IS NOT NULL
         ORDER BY a.on_date,
                  array_position(ARRAY['task', 'payment', 'policy_end', 'quote', 'next_review',
                                       'expected_close'], a.kind),
                  a.subject_id
         LIMIT 1) n ON e.status <> 'closed'
     WHERE e.id = d.id AND d.id = ANY($1::uuid[])
       AND (d.deadline_on, d.deadline_reason, d.deadline_subject_id, d.deadline_waiting_on,
            d.deadline_assignee_id) IS DISTINCT FROM
           (n.on_date, coalesce(n.kind, ''), n.subject_id, coalesce(n.waiting_on, ''),
            n.assignee_id))sql";

}  // namespace

void set_deal_date(pg::Transaction& tx, const DealDate& date) {
  std::optional<std::string> assignee;
  if (!date.assignee_id.empty()) assignee = date.assignee_id;
  tx.execute(R"sql(
      INSERT INTO deal_dates (deal_id, kind, subject_id, on_date, waiting_on, assignee_id, title)
      VALUES ($1, $2, $3, $4, $5, $6, $7)
      ON CONFLICT (deal_id, kind, subject_id)
         DO UPDATE SET on_date = EXCLUDED.on_date, waiting_on = EXCLUDED.waiting_on,
                       assignee_id = EXCLUDED.assignee_id, title = EXCLUDED.title)sql",
             date.deal_id, date.kind, date.subject_id, date.on, date.waiting_on, assignee,
             date.title);
}

void clear_deal_date(pg::Transaction& tx, const char* kind, const std::string& deal_id,
                     const std::string& subject_id) {
  tx.execute("DELETE FROM deal_dates WHERE deal_id = $1 AND kind = $2 AND subject_id = $3", deal_id,
             kind, subject_id);
}

void refresh_deadlines(pg::Transaction& tx, const std::vector<std::string>& deal_ids) {
  if (!deal_ids.empty()) tx.execute(kRefresh, deal_ids);
}

}  // namespace bordero::crm
