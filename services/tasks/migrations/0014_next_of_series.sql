-- When a series that goes by its dates is to be looked at. A task that begins or carries on a
-- series starts with the day after its own, whoever writes it; the job puts the day of the next
-- task in its place, and nothing when there is none. So who waits for months stands in nobody's
-- way.
ALTER TABLE tasks ADD COLUMN next_on date;

CREATE FUNCTION tasks_set_next_on() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.next_on := CASE WHEN NEW.recurrence->>'start' = 'on_date' AND NEW.status <> 'cancelled'
                      THEN NEW.series_on + 1 END;
  RETURN NEW;
END $$;
CREATE TRIGGER tasks_begin_series BEFORE INSERT ON tasks
  FOR EACH ROW WHEN (NEW.recurrence IS NOT NULL) EXECUTE FUNCTION tasks_set_next_on();
CREATE TRIGGER tasks_change_series BEFORE UPDATE ON tasks
  FOR EACH ROW WHEN (OLD.recurrence IS DISTINCT FROM NEW.recurrence OR
                     OLD.series_on IS DISTINCT FROM NEW.series_on OR
                     OLD.status IS DISTINCT FROM NEW.status AND NEW.recurrence IS NOT NULL)
  EXECUTE FUNCTION tasks_set_next_on();

UPDATE tasks t
   SET next_on = t.series_on + 1
 WHERE t.recurrence->>'start' = 'on_date' AND t.status <> 'cancelled'
   AND NOT EXISTS (SELECT FROM tasks later
                    WHERE later.series_id = t.series_id AND later.series_on > t.series_on);
CREATE INDEX tasks_next_of_series ON tasks (next_on, id) WHERE next_on IS NOT NULL;
DROP INDEX tasks_to_repeat;
