-- Who left which deal, as the copy of deals saw it: a file made before is no longer theirs, also
-- when Redis was away as they left and nobody noted it there.
CREATE TABLE left_deals (
  user_id uuid NOT NULL,
  deal_id uuid NOT NULL,
  seq     bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  PRIMARY KEY (user_id, deal_id)
);
CREATE INDEX left_deals_by_seq ON left_deals (seq);
ALTER TABLE jobs ADD COLUMN left_seq bigint NOT NULL DEFAULT 0;  -- What was seen when it began.

CREATE FUNCTION note_left_deals() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO left_deals (user_id, deal_id)
  SELECT user_id, deal_id
    FROM gone
      ON CONFLICT (user_id, deal_id) DO UPDATE SET seq = DEFAULT;
  RETURN NULL;
END
$$;
CREATE TRIGGER note_left_deals
  AFTER DELETE ON deal_access
  REFERENCING OLD TABLE AS gone
  FOR EACH STATEMENT EXECUTE FUNCTION note_left_deals();
