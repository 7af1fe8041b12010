-- What tasks are found by: marked words beside the users who see the task, so that the index alone
-- finds what a user may see. `users` follows task_access by a trigger.
CREATE TABLE task_search (
  task_id uuid PRIMARY KEY REFERENCES tasks (id),
  words   tsvector NOT NULL,
  users   uuid[] NOT NULL DEFAULT '{}'
);
CREATE INDEX task_search_words ON task_search USING gin (words, users)
  WITH (gin_pending_list_limit = 512);

CREATE FUNCTION task_access_keep_search() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    UPDATE task_search SET users = array_append(users, NEW.user_id) WHERE task_id = NEW.task_id;
  ELSE
    UPDATE task_search SET users = array_remove(users, OLD.user_id) WHERE task_id = OLD.task_id;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER task_access_searched AFTER INSERT OR DELETE ON task_access
  FOR EACH ROW EXECUTE FUNCTION task_access_keep_search();

-- #147 in a typed line.
CREATE INDEX deals_by_number ON deals (number);
