-- At most so many of the records that words find, by going along the table: of common words some
-- are met at once, where the index of words would first gather all that there are.
CREATE FUNCTION clients_met(sought tsquery, most integer) RETURNS SETOF client_search
LANGUAGE sql STABLE SET enable_bitmapscan = off AS $$
  SELECT * FROM client_search WHERE words @@ sought LIMIT most
$$;
CREATE FUNCTION deals_met(sought tsquery, most integer) RETURNS SETOF deal_search
LANGUAGE sql STABLE SET enable_bitmapscan = off AS $$
  SELECT * FROM deal_search WHERE words @@ sought LIMIT most
$$;
