-- What ListDeals runs for an agent: the first page by deadline, and how many there are.
\set n random(1, :reads)
SELECT d.id, d.number, d.client_id, c.short_name AS client_name, d.title, d.status,
       d.status_changed_at, d.start_date, d.expected_close_date, d.next_review_at, d.lost_reason,
       d.lead_agent_id, l.full_name AS lead_agent_name, d.executor_id,
       e.full_name AS executor_name, d.finance_controller_id, d.deadline_on, d.deadline_reason,
       d.deadline_subject_id, d.deadline_waiting_on, d.deadline_assignee_id,
       da.full_name AS deadline_assignee_name, d.continued_from_id, d.created_at, d.updated_at,
       d.version, (SELECT count(*) FROM policies p
                    WHERE p.deal_id = d.id AND p.status IN ('active', 'renewal_pending'))
                    AS active_policy_count,
       q.calculation_count, q.ready_calculation_count, q.chosen_calculation_count, a.is_lead,
       a.deadline_on AS key_0, a.deal_id AS key_1
  FROM deal_access a
  LEFT JOIN deals d ON d.id = a.deal_id
  JOIN clients c ON c.id = d.client_id
  LEFT JOIN users l ON l.id = d.lead_agent_id
  LEFT JOIN users e ON e.id = d.executor_id
  LEFT JOIN users da ON da.id = d.deadline_assignee_id
 CROSS JOIN LATERAL (
       SELECT count(*)::integer AS calculation_count,
              (count(*) FILTER (WHERE k.status IN ('ready', 'chosen')))::integer
                AS ready_calculation_count,
              (count(*) FILTER (WHERE k.status = 'chosen'))::integer AS chosen_calculation_count
         FROM calculations k
        WHERE k.deal_id = d.id) q
 WHERE a.user_id = (SELECT user_id FROM bench_reads WHERE n = :n)
   AND (a.is_lead OR a.user_id IS NOT NULL)
 ORDER BY a.deadline_on, a.deal_id
 LIMIT 51;
SELECT count(*) AS n
  FROM (SELECT 1
          FROM deal_access a LEFT JOIN deals d ON d.id = a.deal_id
         WHERE a.user_id = (SELECT user_id FROM bench_reads WHERE n = :n)
           AND (a.is_lead OR a.user_id IS NOT NULL)
         LIMIT 1001) AS counted;
