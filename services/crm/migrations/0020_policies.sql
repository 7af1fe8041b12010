-- Insurance contracts of deals. The schedule of instalments stands in the row of its policy, so that
-- it is saved in one step, and the sum of one that does not add up cannot be stored.
CREATE FUNCTION sum_of_instalments(instalments jsonb) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce(sum(round((one->'amount'->>'amount')::numeric * 100)), 0)::bigint
    FROM jsonb_array_elements(instalments) AS one
$$;

CREATE TABLE policies (
  id                      uuid PRIMARY KEY,
  deal_id                 uuid NOT NULL REFERENCES deals (id),
  client_id               uuid NOT NULL REFERENCES clients (id),
  calculation_id          uuid,
  number                  text COLLATE "C" NOT NULL DEFAULT '',
  number_key              text COLLATE "C" NOT NULL DEFAULT '',
  insurer_id              uuid NOT NULL REFERENCES insurers (id),
  product                 text NOT NULL
                          CHECK (product IN ('osago', 'kasko', 'mortgage', 'property', 'dms', 'ns',
                                             'travel', 'liability', 'cargo', 'other')),
  program                 text NOT NULL DEFAULT '',
  objects                 jsonb NOT NULL DEFAULT '[]',
  parties                 jsonb NOT NULL DEFAULT '[]',
  effective_from          date,
  effective_to            date,
  periods                 jsonb NOT NULL DEFAULT '[]',
  premium_minor           bigint NOT NULL CHECK (premium_minor >= 0),
  coverage_sum_minor      bigint CHECK (coverage_sum_minor >= 0),
  currency                text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  instalments             jsonb NOT NULL DEFAULT '[]',
  payment_route           text NOT NULL CHECK (payment_route IN ('direct', 'gross', 'net')),
  commission_rate         numeric(7, 4) CHECK (commission_rate BETWEEN 0 AND 100),
  commission_amount_minor bigint CHECK (commission_amount_minor >= 0),
  status                  text NOT NULL DEFAULT 'draft'
                          CHECK (status IN ('draft', 'active', 'renewal_pending', 'closed')),
  is_renewal              boolean NOT NULL DEFAULT false,
  predecessor_id          uuid REFERENCES policies (id),
  successor_id            uuid REFERENCES policies (id),
  closed_on               date,
  close_reason            text NOT NULL DEFAULT '',
  activated_at            timestamptz,
  noticed_for             date,
  created_at              timestamptz NOT NULL DEFAULT now(),
  updated_at              timestamptz NOT NULL DEFAULT now(),
  version                 integer NOT NULL DEFAULT 1,
  CONSTRAINT policies_end_after_start CHECK (effective_to >= effective_from),
  CONSTRAINT policies_instalments_add_up CHECK (sum_of_instalments(instalments) = premium_minor),
  CONSTRAINT policies_confirmed CHECK (status = 'draft' OR (number <> ''
    AND effective_from IS NOT NULL AND effective_to IS NOT NULL AND premium_minor > 0)),
  CONSTRAINT policies_closed_with_reason
    CHECK ((status = 'closed') = (closed_on IS NOT NULL) AND (status = 'closed') = (close_reason <> '')),
  CONSTRAINT policies_rate_or_amount CHECK (commission_rate IS NULL OR commission_amount_minor IS NULL)
);
CREATE UNIQUE INDEX policy_number_taken ON policies (insurer_id, number) WHERE status <> 'draft';
CREATE UNIQUE INDEX policy_already_renewed ON policies (predecessor_id)
  WHERE predecessor_id IS NOT NULL;
CREATE INDEX policies_by_end ON policies (effective_to, id);
CREATE INDEX policies_by_status ON policies (status, effective_to, id);
CREATE INDEX policies_by_start ON policies (effective_from, id);
CREATE INDEX policies_by_creation ON policies (created_at, id);
CREATE INDEX policies_by_change ON policies (updated_at, id);
CREATE INDEX policies_by_premium ON policies ((premium_minor / 100.0), id);
CREATE INDEX policies_by_number ON policies (number, id);
CREATE INDEX policies_by_number_key ON policies (number_key text_pattern_ops) WHERE number_key <> '';
CREATE INDEX policies_by_deal ON policies (deal_id, effective_to, id);
CREATE INDEX policies_by_client ON policies (client_id, effective_to, id);
CREATE INDEX policies_by_insurer ON policies (insurer_id, effective_to, id);
CREATE INDEX policies_by_product ON policies (product, effective_to, id);
-- What the clock looks for: ends that nobody was told of yet, and continued policies that ended.
CREATE INDEX policies_to_notice ON policies (effective_to)
  WHERE status = 'active' AND noticed_for IS DISTINCT FROM effective_to;
CREATE INDEX policies_to_replace ON policies (effective_to)
  WHERE status IN ('active', 'renewal_pending') AND successor_id IS NOT NULL;

-- Agreed changes of policies at a date.
CREATE TABLE amendments (
  id          uuid PRIMARY KEY,
  policy_id   uuid NOT NULL REFERENCES policies (id),
  description text NOT NULL CHECK (description <> ''),
  due_on      date NOT NULL,
  handler_id  uuid NOT NULL,
  status      text NOT NULL DEFAULT 'planned' CHECK (status IN ('planned', 'done', 'cancelled')),
  created_at  timestamptz NOT NULL DEFAULT now(),
  updated_at  timestamptz NOT NULL DEFAULT now(),
  version     integer NOT NULL DEFAULT 1
);
CREATE INDEX amendments_by_policy ON amendments (policy_id, due_on, id);
CREATE INDEX amendments_by_date ON amendments (due_on, id) WHERE status = 'planned';

-- Who sees which policy, with what its lists are ordered and counted by; follows deal_access.
CREATE TABLE policy_access (
  policy_id    uuid NOT NULL REFERENCES policies (id),
  user_id      uuid NOT NULL,
  is_lead      boolean NOT NULL,
  status       text NOT NULL,
  effective_to date,
  PRIMARY KEY (policy_id, user_id)
);
CREATE INDEX policy_access_by_end ON policy_access (user_id, effective_to, policy_id);
CREATE INDEX policy_access_by_status ON policy_access (user_id, status, effective_to, policy_id);

CREATE FUNCTION policies_keep_access() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO policy_access (policy_id, user_id, is_lead, status, effective_to)
    SELECT NEW.id, user_id, is_lead, NEW.status, NEW.effective_to
      FROM deal_access WHERE deal_id = NEW.deal_id;
  ELSE
    UPDATE policy_access SET status = NEW.status, effective_to = NEW.effective_to
     WHERE policy_id = NEW.id;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER policies_created AFTER INSERT ON policies
  FOR EACH ROW EXECUTE FUNCTION policies_keep_access();
CREATE TRIGGER policies_changed AFTER UPDATE OF status, effective_to ON policies
  FOR EACH ROW
  WHEN (OLD.status <> NEW.status OR OLD.effective_to IS DISTINCT FROM NEW.effective_to)
  EXECUTE FUNCTION policies_keep_access();

CREATE FUNCTION deal_access_keep_policies() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO policy_access (policy_id, user_id, is_lead, status, effective_to)
    SELECT id, NEW.user_id, NEW.is_lead, status, effective_to
      FROM policies WHERE deal_id = NEW.deal_id;
  ELSIF TG_OP = 'DELETE' THEN
    DELETE FROM policy_access a USING policies p
     WHERE p.deal_id = OLD.deal_id AND a.policy_id = p.id AND a.user_id = OLD.user_id;
  ELSE
    UPDATE policy_access a SET is_lead = NEW.is_lead FROM policies p
     WHERE p.deal_id = NEW.deal_id AND a.policy_id = p.id AND a.user_id = NEW.user_id;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER deal_access_shows_policies AFTER INSERT OR DELETE ON deal_access
  FOR EACH ROW EXECUTE FUNCTION deal_access_keep_policies();
CREATE TRIGGER deal_access_leads_policies AFTER UPDATE OF is_lead ON deal_access
  FOR EACH ROW WHEN (OLD.is_lead <> NEW.is_lead) EXECUTE FUNCTION deal_access_keep_policies();

-- What happens to a deal is of more kinds now, and each names the record it speaks of.
ALTER TABLE deal_events DROP CONSTRAINT IF EXISTS deal_events_kind_check;
ALTER TABLE deal_events ADD CONSTRAINT deal_events_kind_form CHECK (kind ~ '^[a-z_]+$');

-- What Payments told of the payments of policies: enough to know whether a premium was received.
CREATE TABLE policy_payments (
  payment_id    uuid PRIMARY KEY,
  policy_id     uuid NOT NULL,
  deal_id       uuid NOT NULL,
  instalment_id uuid,
  type          text NOT NULL,
  status        text NOT NULL,
  voided        boolean NOT NULL,
  version       integer NOT NULL
);
CREATE INDEX policy_payments_by_policy ON policy_payments (policy_id);

-- Dates on which something of a deal has to happen: ends of policies, unpaid payments, open tasks.
-- With those of the deal's own row and of its ready quotes, the earliest is its deadline.
CREATE TABLE deal_dates (
  deal_id     uuid NOT NULL REFERENCES deals (id),
  kind        text NOT NULL CHECK (kind IN ('policy_end', 'payment', 'task')),
  subject_id  uuid NOT NULL,
  on_date     date NOT NULL,
  waiting_on  text NOT NULL CHECK (waiting_on IN ('agent', 'executor', 'client', 'insurer', 'finance')),
  assignee_id uuid,
  PRIMARY KEY (deal_id, kind, subject_id)
);

ALTER TABLE deals
  ADD COLUMN deadline_subject_id  uuid,
  ADD COLUMN deadline_waiting_on  text NOT NULL DEFAULT '',
  ADD COLUMN deadline_assignee_id uuid,
  ADD COLUMN issuance_at          timestamptz;
UPDATE deals SET deadline_subject_id = id, deadline_waiting_on = 'agent',
                 deadline_assignee_id = lead_agent_id
 WHERE deadline_on IS NOT NULL;
UPDATE deals SET issuance_at = status_changed_at WHERE status = 'issuance';

-- The newest version of a task that was applied, so that an older one does not undo it.
CREATE TABLE task_versions (
  task_id uuid PRIMARY KEY,
  version integer NOT NULL
);
