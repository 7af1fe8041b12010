-- What is still to come is read per person in the order of its dates, past nothing that came long
-- ago: most of a person's payments.
ALTER TABLE payment_access
  ADD COLUMN status text NOT NULL DEFAULT 'planned',
  ADD COLUMN voided boolean NOT NULL DEFAULT false;
UPDATE payment_access a SET status = p.status, voided = p.voided
  FROM payments p
 WHERE p.id = a.payment_id AND (p.status <> 'planned' OR p.voided);
CREATE INDEX payment_access_open ON payment_access (user_id, planned_date, payment_id)
  INCLUDE (status) WHERE status IN ('planned', 'expected') AND NOT voided;

CREATE OR REPLACE FUNCTION payments_keep_access() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    UPDATE payment_access
       SET planned_date = NEW.planned_date, status = NEW.status, voided = NEW.voided
     WHERE payment_id = NEW.id;
    RETURN NULL;
  END IF;
  -- Who joins or leaves meanwhile waits, and then finds the payment.
  PERFORM FROM deals WHERE id = NEW.deal_id FOR SHARE;
  INSERT INTO payment_access (payment_id, user_id, deal_id, is_lead, planned_date, status, voided)
  SELECT NEW.id, a.user_id, a.deal_id, a.is_lead, NEW.planned_date, NEW.status, NEW.voided
    FROM deal_access a
   WHERE a.deal_id = NEW.deal_id;
  RETURN NULL;
END $$;
DROP TRIGGER payments_moved ON payments;
CREATE TRIGGER payments_moved AFTER UPDATE OF planned_date, status, voided ON payments
  FOR EACH ROW
  WHEN ((OLD.planned_date, OLD.status, OLD.voided) <> (NEW.planned_date, NEW.status, NEW.voided))
  EXECUTE FUNCTION payments_keep_access();

CREATE OR REPLACE FUNCTION deal_access_keep_payments() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    DELETE FROM payment_access WHERE deal_id = OLD.deal_id AND user_id = OLD.user_id;
    RETURN NULL;
  END IF;
  INSERT INTO payment_access (payment_id, user_id, deal_id, is_lead, planned_date, status, voided)
  SELECT p.id, NEW.user_id, NEW.deal_id, NEW.is_lead, p.planned_date, p.status, p.voided
    FROM payments p
   WHERE p.deal_id = NEW.deal_id
  ON CONFLICT (payment_id, user_id) DO UPDATE SET is_lead = EXCLUDED.is_lead;
  RETURN NULL;
END $$;
