-- What CreateClient runs for an agent with an Idempotency-Key. Ids grow as the application's do.
\set n random(1, :reads)
\set i :i + 1
\set id :run * 10000000 + :i * 100 + :client_id
\set word random(100000000, 999999999)
\set phone random(70000000000, 79999999999)
BEGIN;
SELECT pg_try_advisory_xact_lock(:id) AS free;
SELECT digest, reply FROM idempotency_keys
 WHERE actor = 'bench' AND route = 'CreateClient' AND key = :id::text;
SELECT c.id AS client_id, c.short_name, c.full_name,
       coalesce((a.deal_count > 0 OR a.is_owner), false) AS seen,
       tsvector_to_array(s.words) AS words
  FROM client_search s
  JOIN clients c ON c.id = s.client_id
  LEFT JOIN client_access a ON a.client_id = c.id
        AND a.user_id = (SELECT user_id FROM bench_reads WHERE n = :n)
 WHERE s.words @@ ('''p' || :phone::text || '''')::tsquery
 LIMIT 50;
SELECT c.id AS client_id, c.short_name, c.full_name,
       coalesce((a.deal_count > 0 OR a.is_owner), false) AS seen,
       tsvector_to_array(s.words) AS words
  FROM client_search s
  JOIN clients c ON c.id = s.client_id
  LEFT JOIN client_access a ON a.client_id = c.id
        AND a.user_id = (SELECT user_id FROM bench_reads WHERE n = :n)
 WHERE s.words @@ ('''w' || left(:word::text, 6) || ''':* & ''wвера''')::tsquery
   AND s.users @> ARRAY[(SELECT user_id FROM bench_reads WHERE n = :n)]
   AND coalesce((a.deal_count > 0 OR a.is_owner), false)
 LIMIT 50;
INSERT INTO clients (id, type, full_name, short_name, sort_name, tax_number, registration_number,
                     birth_date, segment, contacts, address, notes, owner_id, consent)
SELECT lpad(:id::text, 32, '0')::uuid, 'individual', :word::text || ' Вера',
       :word::text || ' Вера', :word::text || ' вера', '', '', NULL, '',
       jsonb_build_array(jsonb_build_object('name', 'Основной', 'phone', '+' || :phone::text,
                                            'phone_e164', '+' || :phone::text,
                                            'is_primary', true)),
       '', '', user_id, NULL
  FROM bench_reads WHERE n = :n;
INSERT INTO client_search (client_id, words, users)
SELECT lpad(:id::text, 32, '0')::uuid,
       array_to_tsvector(ARRAY['wвера', 'wосновной', 'w' || :word::text, 'p' || :phone::text,
                               'p' || right(:phone::text, 10), 'p' || right(:phone::text, 9),
                               'p' || right(:phone::text, 8), 'p' || right(:phone::text, 7),
                               'p' || right(:phone::text, 6), 'p' || right(:phone::text, 5)]),
       coalesce((SELECT array_agg(user_id) FROM client_access
                  WHERE client_id = lpad(:id::text, 32, '0')::uuid), '{}')
    ON CONFLICT (client_id) DO UPDATE SET words = EXCLUDED.words;
SELECT c.id, c.type, c.full_name, c.short_name, c.tax_number, c.registration_number,
       c.birth_date, c.segment, c.status, c.contacts, c.address, c.notes, c.owner_id,
       o.full_name AS owner_name, c.consent, c.archived, c.created_at, c.updated_at,
       c.version, coalesce(a.is_owner, false) AS is_owner,
       coalesce(a.deal_count, 0) AS shared_deals, 0 AS deal_count
  FROM clients c
  LEFT JOIN users o ON o.id = c.owner_id
  LEFT JOIN client_access a ON a.client_id = c.id AND a.user_id IS NULL
 WHERE c.id = lpad(:id::text, 32, '0')::uuid;
INSERT INTO outbox (event_id, type, subject, time, headers, traceparent, body)
VALUES (lpad(:id::text, 32, '0')::uuid, 'bench', 'client/' || :id::text, now(),
        '{"actor_id": "01988c00-0000-7000-8000-000000000008", "entity_type": "client"}', '',
        repeat('x', 700));
INSERT INTO idempotency_keys (actor, route, key, digest, reply, reply_type)
VALUES ('bench', 'CreateClient', :id::text, repeat('d', 64), convert_to(repeat('r', 400), 'UTF8'),
        'bordero.crm.v1.Client');
COMMIT;
