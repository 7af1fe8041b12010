-- Movements of money, each of one policy. Never deleted; each version is kept.
CREATE TABLE payments (
  id                uuid PRIMARY KEY,
  number            text COLLATE "C" NOT NULL,
  deal_id           uuid NOT NULL,
  policy_id         uuid NOT NULL REFERENCES policies (id),
  -- What the schedule made of an instalment; NULL for what people add.
  instalment_id     uuid,
  instalment_number integer,
  basis             jsonb,
  computed_minor    bigint,
  computed_on       date,
  -- Copied from the policy for lists and sums.
  client_id         uuid NOT NULL,
  insurer_id        uuid NOT NULL,
  product           text NOT NULL,
  type              text NOT NULL CHECK (type IN ('client_premium', 'commission_income',
                                                  'client_discount', 'executor_fee')),
  planned_date      date NOT NULL,
  actual_date       date,
  amount_minor      bigint NOT NULL,
  currency          text NOT NULL CHECK (length(currency) = 3),
  status            text NOT NULL DEFAULT 'planned'
                    CHECK (status IN ('planned', 'expected', 'received', 'paid_out')),
  counterparty      text NOT NULL DEFAULT '',
  payee_user_id     uuid,
  voided            boolean NOT NULL DEFAULT false,
  void_reason       text NOT NULL DEFAULT '',
  notes             text NOT NULL DEFAULT '',
  confirmed_by      uuid,
  confirmed_at      timestamptz,
  created_at        timestamptz NOT NULL DEFAULT now(),
  updated_at        timestamptz NOT NULL DEFAULT now(),
  version           integer NOT NULL DEFAULT 1,
  CONSTRAINT payments_number_once UNIQUE (number),
  CONSTRAINT payments_number_form CHECK (number ~ '^[0-9]{4}-[0-9]{6,}$'),
  CONSTRAINT payments_amount CHECK (amount_minor BETWEEN 1 AND 10000000000000),
  CONSTRAINT payments_received_on_a_day
    CHECK ((status IN ('received', 'paid_out')) = (actual_date IS NOT NULL)),
  CONSTRAINT payments_confirmed_when_received
    CHECK ((status IN ('received', 'paid_out')) = (confirmed_at IS NOT NULL)),
  CONSTRAINT payments_void_with_reason CHECK (voided = (void_reason <> '')),
  CONSTRAINT payments_void_before_received
    CHECK (NOT voided OR status IN ('planned', 'expected')),
  CONSTRAINT payments_fee_has_payee
    CHECK ((type = 'executor_fee') = (payee_user_id IS NOT NULL)),
  CONSTRAINT payments_planned_whole
    CHECK ((instalment_id IS NULL) = (computed_minor IS NULL)
       AND (instalment_id IS NULL) = (computed_on IS NULL)
       AND (instalment_id IS NULL) = (basis IS NULL)),
  -- Instalments and payments always agree, until the money is there.
  CONSTRAINT payments_premium_as_scheduled
    CHECK (type <> 'client_premium' OR amount_minor = computed_minor)
);
CREATE UNIQUE INDEX payments_one_of_an_instalment ON payments (policy_id, instalment_id, type)
  WHERE NOT voided AND instalment_id IS NOT NULL;
CREATE INDEX payments_by_date ON payments (planned_date, id);
CREATE INDEX payments_by_status ON payments (status, planned_date, id);
CREATE INDEX payments_by_type ON payments (type, planned_date, id);
CREATE INDEX payments_open ON payments (planned_date, id)
  WHERE status IN ('planned', 'expected') AND NOT voided;
CREATE INDEX payments_by_policy ON payments (policy_id, planned_date, id);
CREATE INDEX payments_by_deal ON payments (deal_id, planned_date, id);
CREATE INDEX payments_by_client ON payments (client_id, planned_date, id);
CREATE INDEX payments_by_insurer ON payments (insurer_id, planned_date, id);
CREATE INDEX payments_by_product ON payments (product, planned_date, id);
CREATE INDEX payments_by_payee ON payments (payee_user_id, planned_date, id)
  WHERE payee_user_id IS NOT NULL;
CREATE INDEX payments_by_actual_date ON payments (actual_date, id);
CREATE INDEX payments_by_amount ON payments ((amount_minor / 100.0), id);
CREATE INDEX payments_by_creation ON payments (created_at, id);
CREATE INDEX payments_by_change ON payments (updated_at, id);
-- What the plan is summed from, without a visit to the table.
CREATE INDEX payments_plan_fact ON payments (planned_date)
  INCLUDE (type, status, amount_minor, currency, insurer_id, product, deal_id)
  WHERE NOT voided;

CREATE TABLE payment_versions (
  payment_id uuid NOT NULL REFERENCES payments (id),
  version    integer NOT NULL,
  at         timestamptz NOT NULL DEFAULT now(),
  actor_id   text NOT NULL,
  action     text NOT NULL CHECK (action IN ('planned', 'updated', 'status_changed', 'voided')),
  note       text NOT NULL DEFAULT '',
  changes    jsonb NOT NULL DEFAULT '[]',
  PRIMARY KEY (payment_id, version)
);

-- Who sees which payment, in the order of their lists. Kept by triggers from deal_access, so that
-- "50 payments of an agent by date" reads 50 index entries.
CREATE TABLE payment_access (
  payment_id   uuid NOT NULL REFERENCES payments (id),
  user_id      uuid NOT NULL,
  deal_id      uuid NOT NULL,
  is_lead      boolean NOT NULL,
  planned_date date NOT NULL,
  PRIMARY KEY (payment_id, user_id)
);
CREATE INDEX payment_access_by_date ON payment_access (user_id, planned_date, payment_id);
CREATE INDEX payment_access_by_deal ON payment_access (deal_id, user_id);

CREATE FUNCTION payments_keep_access() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    UPDATE payment_access SET planned_date = NEW.planned_date WHERE payment_id = NEW.id;
    RETURN NULL;
  END IF;
  -- Who joins or leaves meanwhile waits, and then finds the payment.
  PERFORM FROM deals WHERE id = NEW.deal_id FOR SHARE;
  INSERT INTO payment_access (payment_id, user_id, deal_id, is_lead, planned_date)
  SELECT NEW.id, a.user_id, a.deal_id, a.is_lead, NEW.planned_date
    FROM deal_access a
   WHERE a.deal_id = NEW.deal_id;
  RETURN NULL;
END $$;
CREATE TRIGGER payments_made AFTER INSERT ON payments
  FOR EACH ROW EXECUTE FUNCTION payments_keep_access();
CREATE TRIGGER payments_moved AFTER UPDATE OF planned_date ON payments
  FOR EACH ROW WHEN (OLD.planned_date <> NEW.planned_date)
  EXECUTE FUNCTION payments_keep_access();

CREATE FUNCTION deal_access_keep_payments() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    DELETE FROM payment_access WHERE deal_id = OLD.deal_id AND user_id = OLD.user_id;
    RETURN NULL;
  END IF;
  INSERT INTO payment_access (payment_id, user_id, deal_id, is_lead, planned_date)
  SELECT p.id, NEW.user_id, NEW.deal_id, NEW.is_lead, p.planned_date
    FROM payments p
   WHERE p.deal_id = NEW.deal_id
  ON CONFLICT (payment_id, user_id) DO UPDATE SET is_lead = EXCLUDED.is_lead;
  RETURN NULL;
END $$;
CREATE TRIGGER deal_access_changed AFTER INSERT OR UPDATE OR DELETE ON deal_access
  FOR EACH ROW EXECUTE FUNCTION deal_access_keep_payments();

-- Numbers run per year. A sequence never makes creates wait for each other, and may leave gaps.
CREATE FUNCTION next_payment_number(year integer) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  sequence_name text := 'payment_numbers_' || year;
BEGIN
  IF year NOT BETWEEN 2000 AND 2200 THEN
    RAISE EXCEPTION 'no payment numbers for year %', year;
  END IF;
  IF to_regclass(sequence_name) IS NULL THEN
    PERFORM pg_advisory_xact_lock(hashtext('payment_numbers'), year);
    EXECUTE format('CREATE SEQUENCE IF NOT EXISTS %I', sequence_name);
  END IF;
  RETURN year || '-' || lpad(nextval(sequence_name)::text, 6, '0');
END $$;
