-- Assignments. `due` is the instant after which an open task is overdue, whichever way it was said;
-- the service derives it, and whether the task is open, whenever a task is saved.
CREATE TABLE tasks (
  id                uuid PRIMARY KEY,
  number            text COLLATE "C" NOT NULL,
  subject           text NOT NULL CHECK (subject <> ''),
  description       text NOT NULL DEFAULT '',
  deal_id           uuid REFERENCES deals (id),
  policy_id         uuid,
  payment_id        uuid,
  status            text NOT NULL DEFAULT 'new'
                    CHECK (status IN ('new', 'in_progress', 'done', 'cancelled')),
  is_open           boolean NOT NULL
                    GENERATED ALWAYS AS (status IN ('new', 'in_progress')) STORED,
  priority          text NOT NULL DEFAULT 'normal' CHECK (priority IN ('low', 'normal', 'high')),
  assignee_id       uuid NOT NULL,
  author_id         uuid,
  due_on            date,
  due_at            timestamptz,
  due               timestamptz,
  reminders         jsonb NOT NULL DEFAULT '[]',
  result_comment    text NOT NULL DEFAULT '',
  return_comment    text NOT NULL DEFAULT '',
  cancel_reason     text NOT NULL DEFAULT '',
  rule              text NOT NULL DEFAULT '',
  recurrence        jsonb,
  series_id         uuid,
  series_first      date,
  series_on         date,
  due_known_at      timestamptz NOT NULL,
  created_at        timestamptz NOT NULL,
  updated_at        timestamptz NOT NULL,
  status_changed_at timestamptz NOT NULL,
  version           integer NOT NULL DEFAULT 1,
  CONSTRAINT tasks_number_once UNIQUE (number),
  CONSTRAINT tasks_author_or_rule CHECK (author_id IS NOT NULL OR rule <> ''),
  CONSTRAINT tasks_due_on_or_due_at CHECK (due_on IS NULL OR due_at IS NULL),
  CONSTRAINT tasks_due_is_derived CHECK ((due IS NULL) = (due_on IS NULL AND due_at IS NULL)),
  CONSTRAINT tasks_done_with_result CHECK (status <> 'done' OR result_comment <> ''),
  CONSTRAINT tasks_cancelled_with_reason CHECK ((status = 'cancelled') = (cancel_reason <> '')),
  CONSTRAINT tasks_recurrence_in_a_series CHECK (recurrence IS NULL OR
    (series_id IS NOT NULL AND series_first IS NOT NULL AND series_on IS NOT NULL)),
  CONSTRAINT tasks_series_once_a_date UNIQUE (series_id, series_on)
);
CREATE INDEX tasks_by_due ON tasks (is_open, due, id);
CREATE INDEX tasks_by_assignee ON tasks (assignee_id, is_open, due, id);
CREATE INDEX tasks_by_author ON tasks (author_id, is_open, due, id) WHERE author_id IS NOT NULL;
CREATE INDEX tasks_by_deal ON tasks (deal_id, is_open, due, id) WHERE deal_id IS NOT NULL;
CREATE INDEX tasks_by_policy ON tasks (policy_id) WHERE policy_id IS NOT NULL;
CREATE INDEX tasks_by_payment ON tasks (payment_id) WHERE payment_id IS NOT NULL;
CREATE INDEX tasks_about_payments ON tasks (is_open, due, id) WHERE payment_id IS NOT NULL;
CREATE INDEX tasks_by_creation ON tasks (created_at, id);
CREATE INDEX tasks_with_reminders ON tasks (due, id) WHERE is_open AND reminders <> '[]';
CREATE INDEX tasks_due_at_open ON tasks (due_at, id) WHERE is_open AND due_at IS NOT NULL;
CREATE INDEX tasks_to_repeat ON tasks (series_on, id)
  WHERE recurrence IS NOT NULL AND recurrence->>'start' = 'on_date';

-- Who sees which task as its assignee, its author or the lead of its deal, with what lists are
-- ordered by. A deal's task is seen by none who does not see the deal. Kept by triggers.
CREATE TABLE task_access (
  task_id uuid NOT NULL REFERENCES tasks (id),
  user_id uuid NOT NULL,
  is_open boolean NOT NULL,
  due     timestamptz,
  PRIMARY KEY (task_id, user_id)
);
CREATE INDEX task_access_by_due ON task_access (user_id, is_open, due, task_id);

CREATE FUNCTION task_people(deal uuid, assignee uuid, author uuid) RETURNS SETOF uuid
LANGUAGE sql STABLE AS $$
  SELECT DISTINCT person
    FROM (SELECT assignee UNION ALL SELECT author
          UNION ALL SELECT lead_agent_id FROM deals WHERE id = deal) AS people (person)
   WHERE person IS NOT NULL
     AND (deal IS NULL
          OR EXISTS (SELECT FROM deal_access a WHERE a.deal_id = deal AND a.user_id = person)
          OR EXISTS (SELECT FROM users u
                      WHERE u.id = person AND u.role IN ('finance', 'head', 'admin')))
$$;

CREATE FUNCTION keep_task_access(task tasks) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  people uuid[] := ARRAY(SELECT task_people(task.deal_id, task.assignee_id, task.author_id));
BEGIN
  DELETE FROM task_access WHERE task_id = task.id AND user_id <> ALL (people);
  INSERT INTO task_access (task_id, user_id, is_open, due)
  SELECT task.id, person, task.is_open, task.due FROM unnest(people) AS person
  ON CONFLICT (task_id, user_id) DO UPDATE SET is_open = EXCLUDED.is_open, due = EXCLUDED.due
   WHERE (task_access.is_open, task_access.due) IS DISTINCT FROM (EXCLUDED.is_open, EXCLUDED.due);
END $$;

CREATE FUNCTION tasks_keep_access() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM keep_task_access(NEW);
  RETURN NULL;
END $$;
CREATE TRIGGER tasks_changed
  AFTER INSERT OR UPDATE OF status, assignee_id, author_id, deal_id, due ON tasks
  FOR EACH ROW EXECUTE FUNCTION tasks_keep_access();

-- Somebody joined or left a deal, or leads it now.
CREATE FUNCTION deal_access_keep_tasks() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM keep_task_access(t) FROM tasks t WHERE t.deal_id = coalesce(NEW.deal_id, OLD.deal_id);
  RETURN NULL;
END $$;
CREATE TRIGGER deal_access_of_tasks AFTER INSERT OR DELETE OR UPDATE OF is_lead ON deal_access
  FOR EACH ROW EXECUTE FUNCTION deal_access_keep_tasks();

-- Finance, head and admin see every deal; who was one of them and is not any more does not.
CREATE FUNCTION users_keep_tasks() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM keep_task_access(t) FROM tasks t
    WHERE (t.assignee_id = NEW.id OR t.author_id = NEW.id) AND t.deal_id IS NOT NULL;
  RETURN NULL;
END $$;
CREATE TRIGGER users_of_tasks AFTER INSERT OR UPDATE OF role ON users
  FOR EACH ROW EXECUTE FUNCTION users_keep_tasks();

-- What happened to a task, written in the transaction of the change.
CREATE TABLE task_events (
  id       uuid PRIMARY KEY,
  task_id  uuid NOT NULL REFERENCES tasks (id),
  at       timestamptz NOT NULL,
  kind     text NOT NULL
           CHECK (kind IN ('created', 'assigned', 'status_changed', 'updated')),
  actor_id text NOT NULL,
  details  jsonb NOT NULL DEFAULT '{}'
);
CREATE INDEX task_events_by_task ON task_events (task_id, at, id);

-- A rule makes one task for one occasion of its subject, however often the occasion is told.
CREATE TABLE rule_tasks (
  rule       text NOT NULL,
  subject_id uuid NOT NULL,
  occasion   text NOT NULL,
  task_id    uuid NOT NULL REFERENCES tasks (id),
  PRIMARY KEY (rule, subject_id, occasion)
);

-- Numbers run per year. A sequence never makes creates wait for each other, and may leave gaps.
CREATE FUNCTION next_task_number(year integer) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  sequence_name text := 'task_numbers_' || year;
BEGIN
  IF year NOT BETWEEN 2000 AND 2200 THEN
    RAISE EXCEPTION 'no task numbers for year %', year;
  END IF;
  IF to_regclass(sequence_name) IS NULL THEN
    PERFORM pg_advisory_xact_lock(hashtext('task_numbers'), year);
    EXECUTE format('CREATE SEQUENCE IF NOT EXISTS %I', sequence_name);
  END IF;
  RETURN year || '-' || lpad(nextval(sequence_name)::text, 6, '0');
END $$;
