-- Reminders so many minutes before a due time that were told: once for each time and distance.
CREATE TABLE fired_minutes (
  task_id uuid NOT NULL REFERENCES tasks (id),
  due_at  timestamptz NOT NULL,
  minutes integer NOT NULL,
  PRIMARY KEY (task_id, due_at, minutes)
);
