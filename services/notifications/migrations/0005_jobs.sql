-- Work that its owner waits for. Kept for a day after its end, its file with it.
CREATE TABLE jobs (
  id              uuid PRIMARY KEY,
  user_id         uuid NOT NULL,
  session_id      uuid NOT NULL,   -- The work ends with this session…
  epoch           bigint NOT NULL, -- …and its file is for this role and these rights alone.
  role            text NOT NULL,
  left_deals      uuid[] NOT NULL DEFAULT '{}',  -- Those that its owner had left when it began.
  status          text NOT NULL CHECK (status IN ('queued', 'running', 'done', 'failed', 'cancelled')),
  list            text NOT NULL,
  format          text NOT NULL CHECK (format IN ('csv', 'xlsx')),
  filter          text NOT NULL,
  q               text NOT NULL,
  order_by        text NOT NULL,
  fields          text[] NOT NULL,
  request         jsonb NOT NULL,  -- All that was asked for.
  rows_done       integer NOT NULL DEFAULT 0,
  rows_total      integer NOT NULL DEFAULT 0,
  total_estimated boolean NOT NULL DEFAULT false,
  error           text,
  file_name       text,
  file_size       bigint NOT NULL DEFAULT 0,
  attempt         integer NOT NULL DEFAULT 0,
  lease_until     timestamptz,     -- Until then nobody else takes it up.
  created_at      timestamptz NOT NULL,
  started_at      timestamptz,
  finished_at     timestamptz,
  expires_at      timestamptz NOT NULL,
  version         integer NOT NULL DEFAULT 1,
  CONSTRAINT jobs_lease_when_running CHECK ((status = 'running') = (lease_until IS NOT NULL)),
  CONSTRAINT jobs_finished_at_when_finished
    CHECK ((status IN ('done', 'failed', 'cancelled')) = (finished_at IS NOT NULL)),
  CONSTRAINT jobs_error_when_failed CHECK ((status = 'failed') = (error IS NOT NULL)),
  CONSTRAINT jobs_file_when_done CHECK ((status = 'done') = (file_name IS NOT NULL))
);
CREATE INDEX jobs_of_user ON jobs (user_id, created_at DESC, id DESC);
CREATE INDEX jobs_to_run ON jobs (created_at, id) WHERE status IN ('queued', 'running');
CREATE UNIQUE INDEX jobs_one_running_a_user ON jobs (user_id) WHERE status = 'running';
CREATE INDEX jobs_to_forget ON jobs (expires_at);

-- A file in parts that fit into one call between processes.
CREATE TABLE job_parts (
  job_id uuid NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
  number integer NOT NULL,
  data   bytea NOT NULL,
  PRIMARY KEY (job_id, number)
);
ALTER TABLE job_parts ALTER COLUMN data SET STORAGE EXTERNAL;  -- Mostly packed already.
