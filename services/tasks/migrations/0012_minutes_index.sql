-- Every few seconds the clock looks for what is to be told by the minute; few tasks are, of the many
-- with a time.
CREATE INDEX tasks_told_by_the_minute ON tasks (due_at, id)
  WHERE is_open AND due_at IS NOT NULL AND reminders @? '$[*] ? (@.minutes > 0)';
DROP INDEX tasks_due_at_open;
