-- What a task is begun from. Those of the agency have no owner; the rules take their words and
-- terms from the two with a code.
CREATE TABLE task_templates (
  id          uuid PRIMARY KEY,
  owner_id    uuid,
  code        text NOT NULL DEFAULT '',
  name        text NOT NULL CHECK (name <> ''),
  subject     text NOT NULL CHECK (subject <> ''),
  description text NOT NULL DEFAULT '',
  priority    text NOT NULL DEFAULT 'normal' CHECK (priority IN ('low', 'normal', 'high')),
  due_in_days integer CHECK (due_in_days BETWEEN 0 AND 365),
  reminders   jsonb NOT NULL DEFAULT '[]',
  archived    boolean NOT NULL DEFAULT false,
  version     integer NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX task_templates_code_once ON task_templates (code) WHERE code <> '';
CREATE INDEX task_templates_by_owner ON task_templates (owner_id, name, id) WHERE NOT archived;

INSERT INTO task_templates (id, code, name, subject, due_in_days) VALUES
  ('01988c00-0b00-7000-8000-000000000001', 'calculation', 'Рассчитать', 'Подготовить расчёты', 2),
  ('01988c00-0b00-7000-8000-000000000002', 'issuance', 'Оформить', 'Оформить полис', 1);

-- Changes of many tasks at once, kept so that they can be returned as a whole.
CREATE TABLE task_batches (
  id         uuid PRIMARY KEY,
  user_id    uuid NOT NULL,
  created_at timestamptz NOT NULL,
  items      jsonb NOT NULL,
  returned   boolean NOT NULL DEFAULT false
);
