-- Jobs become the platform's (platform/jobs/jobs.sql), of which exports are one kind: steps that go
-- on after a crash, undo, attempts that count from the last step. What exports alone have stays
-- beside it, with values for jobs that are none; so the release before goes on with both.
ALTER TABLE jobs
  ADD COLUMN kind         text NOT NULL DEFAULT 'export',
  ADD COLUMN priority     smallint NOT NULL DEFAULT 0,
  ADD COLUMN unique_key   text CONSTRAINT jobs_made_once UNIQUE,
  ADD COLUMN undoes       boolean NOT NULL DEFAULT false,
  ADD COLUMN state        jsonb NOT NULL DEFAULT '{}',
  ADD COLUMN step         integer NOT NULL DEFAULT 0,
  ADD COLUMN step_name    text NOT NULL DEFAULT '',
  ADD COLUMN steps_total  integer NOT NULL DEFAULT 0,
  ADD COLUMN done         integer NOT NULL DEFAULT 0,
  ADD COLUMN total        integer NOT NULL DEFAULT 0,
  ADD COLUMN tries        integer NOT NULL DEFAULT 0,
  ADD COLUMN cancel_asked boolean NOT NULL DEFAULT false,
  ADD COLUMN ends_as      text,
  ADD COLUMN undo_error   text,
  ALTER COLUMN user_id    DROP NOT NULL,
  ALTER COLUMN session_id DROP NOT NULL,
  ALTER COLUMN epoch      SET DEFAULT 0,
  ALTER COLUMN role       SET DEFAULT '',
  ALTER COLUMN list       SET DEFAULT '',
  ALTER COLUMN format     SET DEFAULT 'csv',
  ALTER COLUMN filter     SET DEFAULT '',
  ALTER COLUMN q          SET DEFAULT '',
  ALTER COLUMN order_by   SET DEFAULT '',
  ALTER COLUMN fields     SET DEFAULT '{}',
  DROP CONSTRAINT jobs_status_check,
  DROP CONSTRAINT jobs_lease_when_running,
  DROP CONSTRAINT jobs_error_when_failed,
  DROP CONSTRAINT jobs_file_when_done,
  ADD CONSTRAINT jobs_status_known
    CHECK (status IN ('queued', 'running', 'undoing', 'done', 'failed', 'cancelled')),
  ADD CONSTRAINT jobs_lease_when_taken
    CHECK ((status IN ('running', 'undoing')) = (lease_until IS NOT NULL)),
  ADD CONSTRAINT jobs_failed_says_why CHECK (status <> 'failed' OR error IS NOT NULL),
  ADD CONSTRAINT jobs_undoing_has_an_end
    CHECK (status <> 'undoing' OR (ends_as IS NOT NULL AND ends_as IN ('failed', 'cancelled'))),
  ADD CONSTRAINT jobs_exports_have_a_file
    CHECK (kind <> 'export' OR status <> 'done' OR file_name IS NOT NULL);

UPDATE jobs
   SET done = rows_done, total = rows_total, tries = least(attempt, 4), steps_total = 2,
       step = CASE status WHEN 'done' THEN 2 ELSE 0 END,
       step_name = CASE WHEN status IN ('queued', 'running') THEN 'read' ELSE '' END;

DROP INDEX jobs_to_run;
DROP INDEX jobs_one_running_a_user;
CREATE INDEX jobs_to_take ON jobs (priority, created_at, id)
  WHERE status IN ('queued', 'running', 'undoing');
CREATE UNIQUE INDEX jobs_one_taken_a_user ON jobs (user_id) WHERE status IN ('running', 'undoing');
