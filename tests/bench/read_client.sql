-- What GetClient runs for an agent. bench_reads gives the pairs of agent and client their numbers.
\set n random(1, :reads)
SELECT c.id, c.type, c.full_name, c.short_name, c.tax_number, c.registration_number,
       c.birth_date, c.segment, c.status, c.contacts, c.address, c.notes, c.owner_id,
       o.full_name AS owner_name, c.consent, c.archived, c.created_at, c.updated_at,
       c.version, coalesce(a.is_owner, false) AS is_owner,
       coalesce(a.deal_count, 0) AS shared_deals,
       CASE WHEN :sees_all::int = 1 THEN (SELECT count(*) FROM deals d WHERE d.client_id = c.id)
            ELSE coalesce(a.deal_count, 0) END AS deal_count
  FROM bench_reads r
  JOIN clients c ON c.id = r.client_id
  LEFT JOIN users o ON o.id = c.owner_id
  LEFT JOIN client_access a ON a.client_id = c.id AND a.user_id = r.user_id
 WHERE r.n = :n;
