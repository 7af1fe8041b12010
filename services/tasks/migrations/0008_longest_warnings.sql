-- The most days before its date that a task is reminded of. The clock asks for the most of all open
-- tasks, so that it need not look at every task of the year to come.
CREATE FUNCTION longest_warning(reminders jsonb) RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT max((warning->>'days')::integer) FROM jsonb_array_elements(reminders) AS warning
$$;
CREATE INDEX tasks_by_longest_warning ON tasks (longest_warning(reminders))
  WHERE is_open AND reminders <> '[]';

-- With the days themselves, which are counted from the index alone.
DROP INDEX tasks_with_reminders;
CREATE INDEX tasks_with_reminders ON tasks (due, id) INCLUDE (reminders, is_open)
  WHERE is_open AND reminders <> '[]';
