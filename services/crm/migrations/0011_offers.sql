-- What clients were shown, as it was then. Nobody changes it.
CREATE TABLE offers (
  id         uuid PRIMARY KEY,
  deal_id    uuid NOT NULL REFERENCES deals (id),
  ordinal    integer NOT NULL CHECK (ordinal > 0),
  snapshot   jsonb NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT offers_numbered_once UNIQUE (deal_id, ordinal)
);

CREATE FUNCTION refuse_change_of_offers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'offers are appended only' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER offers_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON offers
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_offers();
