-- Work by the clock: each due time of a schedule makes one job.
CREATE TABLE schedules (
  name        text PRIMARY KEY,
  rule        text NOT NULL,        -- As people write it, with its time zone.
  last_due_at timestamptz,          -- Of its last run, and the job that this was.
  last_job_id uuid,
  known_since timestamptz NOT NULL  -- With this rule: what was due before is not missed.
);
-- A due time that is here was seen to, once: the row and its job were one transaction.
CREATE TABLE schedule_runs (
  name    text NOT NULL REFERENCES schedules (name) ON DELETE CASCADE,
  due_at  timestamptz NOT NULL,
  job_id  uuid,                     -- None where the rule was new.
  made_at timestamptz NOT NULL,
  PRIMARY KEY (name, due_at)
);
