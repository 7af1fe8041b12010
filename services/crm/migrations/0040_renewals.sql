-- How far the renewal of each policy is, kept in its row: boards and reports count by it over
-- hundreds of thousands of policies. Derived; whoever changes a policy or a quote calls
-- renewals_follow in the same transaction. A draft has nothing to renew.
ALTER TABLE policies
  ADD COLUMN renewal_state text CHECK (renewal_state IN ('upcoming', 'quoted', 'drafted', 'renewed',
                                                         'lapsed', 'ended')),
  ADD COLUMN ready_quotes integer NOT NULL DEFAULT 0,
  ADD COLUMN renewal_premium_minor bigint,
  ADD COLUMN premium_change numeric GENERATED ALWAYS AS
    (CASE WHEN premium_minor > 0
          THEN round((renewal_premium_minor - premium_minor) * 100.0 / premium_minor, 1) END) STORED;
CREATE INDEX policies_by_renewal ON policies (renewal_state, effective_to, id);
-- Boards, calendars and reports of a year count and add up without a visit to the rows.
DROP INDEX policies_by_end;
CREATE INDEX policies_by_end ON policies (effective_to, id)
  INCLUDE (status, renewal_state, product, insurer_id, deal_id, client_id, currency, premium_minor,
           renewal_premium_minor);
CREATE INDEX policies_by_premium_change ON policies (premium_change, id);
CREATE INDEX policies_by_calculation ON policies (calculation_id) WHERE calculation_id IS NOT NULL;

-- A quote may continue a policy when it is of the same product, calculated after the policy's first
-- day, for one of its objects, and no other policy was issued from it.
CREATE FUNCTION renewals_follow(deal_ids uuid[]) RETURNS void LANGUAGE sql AS $$
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
           CROSS JOIN LATERAL (
             SELECT count(*)::integer AS quotes, min(k.premium_minor) AS cheapest,
                    min(k.premium_minor) FILTER (WHERE k.status = 'chosen') AS chosen
               FROM calculations k
              WHERE o.status IN ('active', 'renewal_pending')
                AND (s.id IS NULL OR s.status = 'draft')
                AND k.deal_id = o.deal_id AND k.product = o.product AND k.currency = o.currency
                AND k.status IN ('ready', 'chosen') AND k.calculated_on > o.effective_from
                AND (k.object_titles = '{}' OR o.objects = '[]' OR k.object_titles &&
                     ARRAY(SELECT one->>'title' FROM jsonb_array_elements(o.objects) AS one))
                AND NOT EXISTS (SELECT FROM policies u
                                 WHERE u.calculation_id = k.id
                                   AND u.id IS DISTINCT FROM o.successor_id)) q
           WHERE o.deal_id = ANY(deal_ids)) n
   WHERE p.id = n.id
     AND (p.renewal_state, p.ready_quotes, p.renewal_premium_minor)
         IS DISTINCT FROM (n.state, n.quotes, n.premium)
$$;
SELECT renewals_follow(ARRAY(SELECT DISTINCT deal_id FROM policies));

-- What a policy costs a year: of a longer one the year that holds the day, or its share.
CREATE FUNCTION premium_a_year(premium_minor bigint, effective_from date, effective_to date,
                               periods jsonb, on_day date) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce(
    (SELECT round((one->'premium'->>'amount')::numeric * 100)::bigint
       FROM jsonb_array_elements(periods) AS one
      WHERE on_day BETWEEN (one->>'starts_on')::date AND (one->>'ends_on')::date
      LIMIT 1),
    CASE WHEN effective_to - effective_from >= 366
         THEN round(premium_minor * 365.0 / (effective_to - effective_from + 1))::bigint
         ELSE premium_minor END)
$$;

-- Which ended policies the clock has looked at, to see whether their clients still have another.
ALTER TABLE policies ADD COLUMN client_checked boolean NOT NULL DEFAULT false;
CREATE INDEX policies_to_check_clients ON policies (closed_on)
  WHERE status = 'closed' AND NOT client_checked;
