-- The people and companies that buy insurance. `sort_name` is the folded short name, by which
-- lists are ordered; phones stand in E.164 beside the text as typed, inside `contacts`.
CREATE TABLE clients (
  id                  uuid PRIMARY KEY,
  type                text NOT NULL CHECK (type IN ('individual', 'company')),
  full_name           text NOT NULL CHECK (full_name <> ''),
  short_name          text NOT NULL CHECK (short_name <> ''),
  sort_name           text COLLATE "C" NOT NULL,
  tax_number          text NOT NULL DEFAULT '',
  registration_number text NOT NULL DEFAULT '',
  birth_date          date,
  segment             text NOT NULL DEFAULT '',
  status              text NOT NULL DEFAULT 'potential'
                      CHECK (status IN ('potential', 'active', 'inactive')),
  contacts            jsonb NOT NULL DEFAULT '[]',
  address             text NOT NULL DEFAULT '',
  notes               text NOT NULL DEFAULT '',
  owner_id            uuid NOT NULL,
  consent             jsonb,
  archived            boolean NOT NULL DEFAULT false,
  created_at          timestamptz NOT NULL DEFAULT now(),
  updated_at          timestamptz NOT NULL DEFAULT now(),
  version             integer NOT NULL DEFAULT 1,
  CONSTRAINT clients_birth_date_of_individuals CHECK (birth_date IS NULL OR type = 'individual')
);
CREATE INDEX clients_by_name ON clients (sort_name, id);
CREATE INDEX clients_by_creation ON clients (created_at, id);
CREATE INDEX clients_by_change ON clients (updated_at, id);
CREATE INDEX clients_by_owner ON clients (owner_id, sort_name, id);
CREATE INDEX clients_by_tax_number ON clients (tax_number) WHERE tax_number <> '';

-- Who sees which client, and why: as its owner, through deals, or both. Kept by triggers. A list
-- of one user's clients walks client_access_by_name and touches nobody else's.
CREATE TABLE client_access (
  client_id  uuid NOT NULL REFERENCES clients (id),
  user_id    uuid NOT NULL,
  is_owner   boolean NOT NULL,
  deal_count integer NOT NULL CHECK (deal_count >= 0),
  sort_name  text COLLATE "C" NOT NULL,
  archived   boolean NOT NULL,
  PRIMARY KEY (client_id, user_id),
  CONSTRAINT client_access_has_a_ground CHECK (is_owner OR deal_count > 0)
);
CREATE INDEX client_access_by_name ON client_access (user_id, sort_name, client_id);
CREATE INDEX client_access_by_client ON client_access (user_id, client_id);

CREATE FUNCTION grant_client_to_owner(owner uuid, client clients) RETURNS void
LANGUAGE sql AS $$
  INSERT INTO client_access (client_id, user_id, is_owner, deal_count, sort_name, archived)
  VALUES (client.id, owner, true, 0, client.sort_name, client.archived)
  ON CONFLICT (client_id, user_id) DO UPDATE SET is_owner = true
$$;

CREATE FUNCTION clients_keep_access() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM grant_client_to_owner(NEW.owner_id, NEW);
    RETURN NULL;
  END IF;
  IF NEW.owner_id <> OLD.owner_id THEN
    DELETE FROM client_access
     WHERE client_id = NEW.id AND user_id = OLD.owner_id AND deal_count = 0;
    UPDATE client_access SET is_owner = false
     WHERE client_id = NEW.id AND user_id = OLD.owner_id;
    PERFORM grant_client_to_owner(NEW.owner_id, NEW);
  END IF;
  UPDATE client_access SET sort_name = NEW.sort_name, archived = NEW.archived
   WHERE client_id = NEW.id AND (sort_name, archived) <> (NEW.sort_name, NEW.archived);
  RETURN NULL;
END $$;
CREATE TRIGGER clients_created AFTER INSERT ON clients
  FOR EACH ROW EXECUTE FUNCTION clients_keep_access();
CREATE TRIGGER clients_changed AFTER UPDATE OF owner_id, sort_name, archived ON clients
  FOR EACH ROW EXECUTE FUNCTION clients_keep_access();

-- Pairs that look alike and are different people; the hint does not come back.
CREATE TABLE client_distinctions (
  lower_id   uuid NOT NULL REFERENCES clients (id),
  higher_id  uuid NOT NULL REFERENCES clients (id),
  marked_by  uuid NOT NULL,
  marked_at  timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (lower_id, higher_id),
  CONSTRAINT client_distinctions_are_ordered CHECK (lower_id < higher_id)
);

-- How many hints at clients they may not see a user got in an hour.
CREATE TABLE duplicate_hints (
  user_id uuid NOT NULL,
  hour    timestamptz NOT NULL,
  used    integer NOT NULL CHECK (used BETWEEN 1 AND 20),
  PRIMARY KEY (user_id, hour)
);
