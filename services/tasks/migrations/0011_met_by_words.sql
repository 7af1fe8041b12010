-- At most so many of the records that words find, by going along the table: of common words some
-- are met at once, where the index of words would first gather all that there are.
CREATE FUNCTION tasks_met(sought tsquery, most integer) RETURNS SETOF task_search
LANGUAGE sql STABLE SET enable_bitmapscan = off AS $$
  SELECT * FROM task_search WHERE words @@ sought LIMIT most
$$;
