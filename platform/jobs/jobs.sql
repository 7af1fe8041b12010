-- Long work of this service, done in steps by leased workers, and kept for a while after its end.
CREATE TABLE jobs (
  id              uuid PRIMARY KEY,
  kind            text NOT NULL,
  user_id         uuid,                        -- As whom it is done; the system's own has nobody…
  session_id      uuid,                        -- …and ends with no session.
  epoch           bigint NOT NULL DEFAULT 0,
  role            text NOT NULL DEFAULT '',
  status          text NOT NULL,
  priority        smallint NOT NULL DEFAULT 0, -- 0: somebody waits for it; 1: nobody does.
  unique_key      text,                        -- What it was made for: a second one is not made.
  undoes          boolean NOT NULL DEFAULT false, -- Some step of its kind can be taken back.
  request         jsonb NOT NULL,
  state           jsonb NOT NULL DEFAULT '{}', -- What its steps have to know of each other.
  step            integer NOT NULL DEFAULT 0,  -- To be done next; while undoing, to be undone next.
  step_name       text NOT NULL DEFAULT '',
  steps_total     integer NOT NULL DEFAULT 0,
  done            integer NOT NULL DEFAULT 0,
  total           integer NOT NULL DEFAULT 0,
  total_estimated boolean NOT NULL DEFAULT false,
  attempt         integer NOT NULL DEFAULT 0,  -- Times taken. Only who holds the newest may write.
  tries           integer NOT NULL DEFAULT 0,  -- Those since it last got on.
  lease_until     timestamptz,                 -- By the database's clock. Until then nobody takes it.
  cancel_asked    boolean NOT NULL DEFAULT false,
  ends_as         text,                        -- What it is once everything is undone.
  error           text,
  undo_error      text,
  created_at      timestamptz NOT NULL,
  started_at      timestamptz,
  finished_at     timestamptz,
  expires_at      timestamptz NOT NULL,
  version         integer NOT NULL DEFAULT 1,
  CONSTRAINT jobs_status_known
    CHECK (status IN ('queued', 'running', 'undoing', 'done', 'failed', 'cancelled')),
  CONSTRAINT jobs_lease_when_taken
    CHECK ((status IN ('running', 'undoing')) = (lease_until IS NOT NULL)),
  CONSTRAINT jobs_finished_at_when_finished
    CHECK ((status IN ('done', 'failed', 'cancelled')) = (finished_at IS NOT NULL)),
  CONSTRAINT jobs_failed_says_why CHECK (status <> 'failed' OR error IS NOT NULL),
  CONSTRAINT jobs_undoing_has_an_end
    CHECK (status <> 'undoing' OR (ends_as IS NOT NULL AND ends_as IN ('failed', 'cancelled'))),
  CONSTRAINT jobs_made_once UNIQUE (unique_key)
);
CREATE INDEX jobs_of_user ON jobs (user_id, created_at DESC, id DESC);
CREATE INDEX jobs_to_take ON jobs (priority, created_at, id)
  WHERE status IN ('queued', 'running', 'undoing');
CREATE UNIQUE INDEX jobs_one_taken_a_user ON jobs (user_id) WHERE status IN ('running', 'undoing');
CREATE INDEX jobs_to_forget ON jobs (expires_at);
