-- What clients and deals are found by: marked words (`wиванов`, `p9161234567`, `vxta…`) made by
-- the service, beside the users who see the record, so that the index alone finds what a user may
-- see. `users` follows the access tables by triggers.
CREATE TABLE client_search (
  client_id uuid PRIMARY KEY REFERENCES clients (id),
  words     tsvector NOT NULL,
  users     uuid[] NOT NULL DEFAULT '{}'
);
CREATE INDEX client_search_words ON client_search USING gin (words, users);

CREATE TABLE deal_search (
  deal_id uuid PRIMARY KEY REFERENCES deals (id),
  words   tsvector NOT NULL,
  users   uuid[] NOT NULL DEFAULT '{}'
);
CREATE INDEX deal_search_words ON deal_search USING gin (words, users);

CREATE FUNCTION client_access_keep_search() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    UPDATE client_search SET users = array_append(users, NEW.user_id)
     WHERE client_id = NEW.client_id;
  ELSE
    UPDATE client_search SET users = array_remove(users, OLD.user_id)
     WHERE client_id = OLD.client_id;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER client_access_changed AFTER INSERT OR DELETE ON client_access
  FOR EACH ROW EXECUTE FUNCTION client_access_keep_search();

CREATE FUNCTION deal_access_keep_search() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    UPDATE deal_search SET users = array_append(users, NEW.user_id)
     WHERE deal_id = NEW.deal_id;
  ELSE
    UPDATE deal_search SET users = array_remove(users, OLD.user_id)
     WHERE deal_id = OLD.deal_id;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER deal_access_searched AFTER INSERT OR DELETE ON deal_access
  FOR EACH ROW EXECUTE FUNCTION deal_access_keep_search();
