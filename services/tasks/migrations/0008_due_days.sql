-- The days of a calendar are counted for tasks open and done alike.
CREATE INDEX tasks_by_due_day ON tasks (due, id) WHERE due IS NOT NULL;
