-- The insurance needs of clients. The deadline and its reason are derived by the rules of the
-- service whenever a deal is saved.
CREATE TABLE deals (
  id                    uuid PRIMARY KEY,
  number                text COLLATE "C" NOT NULL,
  client_id             uuid NOT NULL REFERENCES clients (id),
  title                 text NOT NULL CHECK (title <> ''),
  description           text NOT NULL DEFAULT '',
  status                text NOT NULL DEFAULT 'draft'
                        CHECK (status IN ('draft', 'calculation', 'client_decision', 'issuance',
                                          'active', 'closed')),
  status_changed_at     timestamptz NOT NULL DEFAULT now(),
  start_date            date,
  expected_close_date   date,
  next_review_at        date,
  lost_reason           text NOT NULL DEFAULT '',
  objects               jsonb NOT NULL DEFAULT '[]',
  lead_agent_id         uuid NOT NULL,
  lead_function         text NOT NULL GENERATED ALWAYS AS ('lead_agent') STORED,
  executor_id           uuid,
  finance_controller_id uuid,
  deadline_on           date,
  deadline_reason       text NOT NULL DEFAULT '',
  continued_from_id     uuid REFERENCES deals (id),
  created_at            timestamptz NOT NULL DEFAULT now(),
  updated_at            timestamptz NOT NULL DEFAULT now(),
  version               integer NOT NULL DEFAULT 1,
  CONSTRAINT deals_number_once UNIQUE (number),
  CONSTRAINT deals_number_form CHECK (number ~ '^[0-9]{4}-[0-9]{6,}$'),
  CONSTRAINT deals_reason_when_closed CHECK ((status = 'closed') = (lost_reason <> '')),
  CONSTRAINT deals_deadline_with_reason CHECK ((deadline_on IS NULL) = (deadline_reason = '')),
  CONSTRAINT deals_closed_without_deadline CHECK (status <> 'closed' OR deadline_on IS NULL)
);
CREATE INDEX deals_by_deadline ON deals (deadline_on, id);
CREATE INDEX deals_by_status ON deals (status, deadline_on, id);
CREATE INDEX deals_by_creation ON deals (created_at, id);
CREATE INDEX deals_by_change ON deals (updated_at, id);
CREATE INDEX deals_by_client ON deals (client_id, deadline_on, id);
CREATE INDEX deals_by_lead ON deals (lead_agent_id, deadline_on, id);
CREATE INDEX deals_by_executor ON deals (executor_id, deadline_on, id)
  WHERE executor_id IS NOT NULL;
CREATE INDEX deals_by_controller ON deals (finance_controller_id, deadline_on, id)
  WHERE finance_controller_id IS NOT NULL;

-- One person may have several functions in a deal, for example lead and executor.
CREATE TABLE deal_members (
  deal_id  uuid NOT NULL REFERENCES deals (id),
  user_id  uuid NOT NULL,
  function text NOT NULL
           CHECK (function IN ('lead_agent', 'executor', 'finance_controller', 'participant')),
  PRIMARY KEY (deal_id, user_id, function)
);
CREATE UNIQUE INDEX deal_members_one_lead ON deal_members (deal_id)
  WHERE function = 'lead_agent';
CREATE UNIQUE INDEX deal_members_one_executor ON deal_members (deal_id)
  WHERE function = 'executor';
CREATE UNIQUE INDEX deal_members_one_controller ON deal_members (deal_id)
  WHERE function = 'finance_controller';
-- The lead that a deal names is a member, whenever a transaction ends.
ALTER TABLE deals ADD CONSTRAINT deals_lead_is_member
  FOREIGN KEY (id, lead_agent_id, lead_function)
  REFERENCES deal_members (deal_id, user_id, function) DEFERRABLE INITIALLY DEFERRED;

-- Who sees which deal, with what its lists are ordered and counted by. Kept by triggers, so that
-- "50 deals of an agent by deadline" reads 50 index entries.
CREATE TABLE deal_access (
  deal_id     uuid NOT NULL REFERENCES deals (id),
  user_id     uuid NOT NULL,
  is_lead     boolean NOT NULL,
  status      text NOT NULL,
  deadline_on date,
  PRIMARY KEY (deal_id, user_id)
);
CREATE INDEX deal_access_by_deadline ON deal_access (user_id, deadline_on, deal_id);
CREATE INDEX deal_access_by_status ON deal_access (user_id, status, deadline_on, deal_id);

CREATE FUNCTION deal_members_keep_access() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  leads boolean;
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO deal_access (deal_id, user_id, is_lead, status, deadline_on)
    SELECT id, NEW.user_id, NEW.function = 'lead_agent', status, deadline_on
      FROM deals WHERE id = NEW.deal_id
    ON CONFLICT (deal_id, user_id)
       DO UPDATE SET is_lead = deal_access.is_lead OR EXCLUDED.is_lead;
    RETURN NULL;
  END IF;
  SELECT bool_or(function = 'lead_agent') INTO leads
    FROM deal_members WHERE deal_id = OLD.deal_id AND user_id = OLD.user_id;
  IF leads IS NULL THEN
    DELETE FROM deal_access WHERE deal_id = OLD.deal_id AND user_id = OLD.user_id;
  ELSE
    UPDATE deal_access SET is_lead = leads
     WHERE deal_id = OLD.deal_id AND user_id = OLD.user_id AND is_lead <> leads;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER deal_members_changed AFTER INSERT OR DELETE ON deal_members
  FOR EACH ROW EXECUTE FUNCTION deal_members_keep_access();

CREATE FUNCTION deals_keep_access() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE deal_access SET status = NEW.status, deadline_on = NEW.deadline_on
   WHERE deal_id = NEW.id;
  RETURN NULL;
END $$;
CREATE TRIGGER deals_changed AFTER UPDATE OF status, deadline_on ON deals
  FOR EACH ROW
  WHEN (OLD.status <> NEW.status OR OLD.deadline_on IS DISTINCT FROM NEW.deadline_on)
  EXECUTE FUNCTION deals_keep_access();

-- A deal makes its client visible to everybody who sees the deal.
CREATE FUNCTION deal_access_keep_clients() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO client_access (client_id, user_id, is_owner, deal_count, sort_name, archived)
    SELECT c.id, NEW.user_id, false, 1, c.sort_name, c.archived
      FROM deals d JOIN clients c ON c.id = d.client_id
     WHERE d.id = NEW.deal_id
    ON CONFLICT (client_id, user_id)
       DO UPDATE SET deal_count = client_access.deal_count + 1;
    RETURN NULL;
  END IF;
  DELETE FROM client_access a USING deals d
   WHERE d.id = OLD.deal_id AND a.client_id = d.client_id AND a.user_id = OLD.user_id
     AND a.deal_count = 1 AND NOT a.is_owner;
  UPDATE client_access a SET deal_count = deal_count - 1 FROM deals d
   WHERE d.id = OLD.deal_id AND a.client_id = d.client_id AND a.user_id = OLD.user_id;
  RETURN NULL;
END $$;
CREATE TRIGGER deal_access_changed AFTER INSERT OR DELETE ON deal_access
  FOR EACH ROW EXECUTE FUNCTION deal_access_keep_clients();

-- Numbers run per year. A sequence never makes creates wait for each other, and may leave gaps.
CREATE FUNCTION next_deal_number(year integer) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  sequence_name text := 'deal_numbers_' || year;
BEGIN
  IF year NOT BETWEEN 2000 AND 2200 THEN
    RAISE EXCEPTION 'no deal numbers for year %', year;
  END IF;
  IF to_regclass(sequence_name) IS NULL THEN
    PERFORM pg_advisory_xact_lock(hashtext('deal_numbers'), year);
    EXECUTE format('CREATE SEQUENCE IF NOT EXISTS %I', sequence_name);
  END IF;
  RETURN year || '-' || lpad(nextval(sequence_name)::text, 6, '0');
END $$;
