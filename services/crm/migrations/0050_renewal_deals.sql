-- The deal in which a policy is renewed, when that is not its own. One is open at a time.
ALTER TABLE deals ADD COLUMN renews_policy_id uuid REFERENCES policies (id);
CREATE UNIQUE INDEX renewal_deal_exists ON deals (renews_policy_id)
  WHERE renews_policy_id IS NOT NULL AND status <> 'closed';
CREATE INDEX deals_by_renewed_policy ON deals (renews_policy_id)
  WHERE renews_policy_id IS NOT NULL;

-- Quotes of that deal continue the policy as those of its own deal do, also one that has lapsed.
CREATE OR REPLACE FUNCTION renewals_follow(deal_ids uuid[]) RETURNS void LANGUAGE sql AS $$
  UPDATE policies p
     SET renewal_state = n.state, ready_quotes = n.quotes, renewal_premium_minor = n.premium
    FROM (SELECT o.id, q.quotes,
                 CASE WHEN o.status = 'draft' THEN NULL
                      WHEN s.status <> 'draft' THEN 'renewed'
                      WHEN o.status = 'closed' AND o.closed_on < o.effective_to THEN 'ended'
                      WHEN o.status = 'closed' THEN 'lapsed'
                      WHEN s.id IS NOT NULL THEN 'drafted'
                      WHEN q.quotes > 0 THEN 'quoted'
                      ELSE 'upcoming' END AS state,
                 CASE WHEN s.status <> 'draft' THEN s.premium_minor
                      ELSE coalesce(q.chosen, q.cheapest, s.premium_minor) END AS premium
            FROM policies o
            LEFT JOIN policies s ON s.id = o.successor_id
            LEFT JOIN deals r ON r.renews_policy_id = o.id AND r.status <> 'closed'
           CROSS JOIN LATERAL (
             SELECT count(*)::integer AS quotes, min(k.premium_minor) AS cheapest,
                    min(k.premium_minor) FILTER (WHERE k.status = 'chosen') AS chosen
               FROM calculations k
              WHERE (o.status IN ('active', 'renewal_pending') OR r.id IS NOT NULL)
                AND (s.id IS NULL OR s.status = 'draft')
                AND k.deal_id = ANY(ARRAY[o.deal_id, r.id])
                AND k.product = o.product AND k.currency = o.currency
                AND k.status IN ('ready', 'chosen') AND k.calculated_on > o.effective_from
                AND (k.object_titles = '{}' OR o.objects = '[]' OR k.object_titles &&
                     ARRAY(SELECT one->>'title' FROM jsonb_array_elements(o.objects) AS one))
                AND NOT EXISTS (SELECT FROM policies u
                                 WHERE u.calculation_id = k.id
                                   AND u.id IS DISTINCT FROM o.successor_id)) q
           WHERE o.id IN (SELECT id FROM policies WHERE deal_id = ANY(deal_ids)
                          UNION
                          SELECT renews_policy_id FROM deals
                           WHERE id = ANY(deal_ids) AND renews_policy_id IS NOT NULL)) n
   WHERE p.id = n.id
     AND (p.renewal_state, p.ready_quotes, p.renewal_premium_minor)
         IS DISTINCT FROM (n.state, n.quotes, n.premium)
$$;
