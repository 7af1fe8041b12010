#include "platform/pg/schema.hpp"

namespace bordero::pg {

std::string_view platform_schema() {
  return R"sql(-- What every service's database has: kept answers, events to send, events applied.

-- A key repeated within its time gets the answer that was given; see Database::begin.
CREATE TABLE idempotency_keys (
  actor      text NOT NULL,
  route      text NOT NULL,
  key        text NOT NULL,
  digest     text NOT NULL,
  reply      bytea NOT NULL,
  reply_type text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (actor, route, key)
);
CREATE INDEX idempotency_keys_created_at ON idempotency_keys (created_at);

-- Rows are deleted once the broker has confirmed them, so the table is as long as the lag.
-- Its order within one subject is the commit order: rows are written under the entity's lock.
CREATE TABLE outbox (
  seq         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  event_id    uuid NOT NULL,
  type        text NOT NULL,
  subject     text NOT NULL,
  time        timestamptz NOT NULL,
  headers     jsonb NOT NULL,
  traceparent text NOT NULL,
  body        text NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);

-- An id that is here was applied: the row and its effect were one transaction.
CREATE TABLE inbox (
  event_id   uuid PRIMARY KEY,
  applied_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX inbox_applied_at ON inbox (applied_at);

-- Takes away what nobody can ask for any more: answers are kept for 24 hours at least, ids of
-- events longer than a parked event may wait for its replay. In steps, so that locks stay short.
CREATE FUNCTION forget_old_work(step integer) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  keys integer;
  ids  integer;
BEGIN
  DELETE FROM idempotency_keys
   WHERE ctid = ANY (ARRAY(SELECT ctid FROM idempotency_keys
                            WHERE created_at < now() - interval '48 hours' LIMIT step));
  GET DIAGNOSTICS keys = ROW_COUNT;
  DELETE FROM inbox
   WHERE ctid = ANY (ARRAY(SELECT ctid FROM inbox
                            WHERE applied_at < now() - interval '90 days' LIMIT step));
  GET DIAGNOSTICS ids = ROW_COUNT;
  RETURN keys + ids;
END $$;
)sql";
}

namespace {

constexpr const char* kBackground =
    R"sql(-- What a service does unasked, one row for each rule: how its last runs went. Written by who runs it.
CREATE TABLE background_jobs (
  name         text PRIMARY KEY,
  period_ms    bigint NOT NULL,
  at           text NOT NULL DEFAULT '',
  known_at     timestamptz NOT NULL DEFAULT now(),
  started_at   timestamptz,
  took_ms      bigint NOT NULL DEFAULT 0,
  succeeded_at timestamptz,
  failed_at    timestamptz,
  failure      text NOT NULL DEFAULT '',
  failures     integer NOT NULL DEFAULT 0,
  result       jsonb,
  -- Somebody wants it to run now.
  asked_at     timestamptz
);

-- Rows that a rule failed on: it leaves them out until `try_at`, so that they neither take others
-- back with them nor stand in their way.
CREATE TABLE set_aside (
  rule       text NOT NULL,
  subject_id text NOT NULL,
  reason     text NOT NULL,
  tries      integer NOT NULL DEFAULT 1,
  since      timestamptz NOT NULL DEFAULT now(),
  try_at     timestamptz NOT NULL,
  PRIMARY KEY (rule, subject_id)
);
)sql";

}  // namespace

const std::vector<Migration>& platform_migrations() {
  static const std::vector<Migration> all = {
      {"0000_platform.sql", std::string(platform_schema())},
      {"0000_platform_background.sql", kBackground},
  };
  return all;
}

}  // namespace bordero::pg
