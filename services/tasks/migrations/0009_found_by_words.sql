-- At most so many of the tasks that words find, from the index of words. The planner cannot know
-- how many tasks a word has; asked for a few of them it would read the whole table in the hope of
-- meeting them soon, which takes seconds when there are none.
CREATE FUNCTION tasks_found(sought tsquery, most integer) RETURNS SETOF task_search
LANGUAGE sql STABLE SET enable_seqscan = off SET enable_indexscan = off AS $$
  SELECT * FROM task_search WHERE words @@ sought LIMIT most
$$;
