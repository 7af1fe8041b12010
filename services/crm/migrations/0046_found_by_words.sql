-- At most so many of the records that words find, from the index of words. The planner cannot know
-- how many records a word has; asked for a few of them it would read the whole table in the hope of
-- meeting them soon, which takes seconds when there are none.
CREATE FUNCTION clients_found(sought tsquery, most integer) RETURNS SETOF client_search
LANGUAGE sql STABLE SET enable_seqscan = off SET enable_indexscan = off AS $$
  SELECT * FROM client_search WHERE words @@ sought LIMIT most
$$;
CREATE FUNCTION deals_found(sought tsquery, most integer) RETURNS SETOF deal_search
LANGUAGE sql STABLE SET enable_seqscan = off SET enable_indexscan = off AS $$
  SELECT * FROM deal_search WHERE words @@ sought LIMIT most
$$;
