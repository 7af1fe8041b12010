-- Payments know who leads their deal, so that sums by agent need no visit to deals.
ALTER TABLE payments ADD COLUMN lead_agent_id uuid;
UPDATE payments p SET lead_agent_id = d.lead_agent_id FROM deals d WHERE d.id = p.deal_id;
CREATE INDEX payments_by_lead ON payments (lead_agent_id, planned_date, id);
-- What is to come is counted and summed without a visit to the table.
DROP INDEX payments_open;
CREATE INDEX payments_open ON payments (planned_date, id)
  INCLUDE (status, type, voided, amount_minor, currency, insurer_id, product, lead_agent_id)
  WHERE status IN ('planned', 'expected') AND NOT voided;
DROP INDEX payments_plan_fact;
CREATE INDEX payments_plan_fact ON payments (planned_date)
  INCLUDE (type, status, amount_minor, currency, insurer_id, product, lead_agent_id)
  WHERE NOT voided;

-- Who changes the lead meanwhile waits, and then finds the payment.
CREATE FUNCTION payments_take_lead() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  SELECT lead_agent_id INTO NEW.lead_agent_id FROM deals WHERE id = NEW.deal_id FOR SHARE;
  RETURN NEW;
END $$;
CREATE TRIGGER payments_led BEFORE INSERT ON payments
  FOR EACH ROW EXECUTE FUNCTION payments_take_lead();

CREATE FUNCTION deals_lead_payments() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE payments SET lead_agent_id = NEW.lead_agent_id
   WHERE deal_id = NEW.id AND lead_agent_id IS DISTINCT FROM NEW.lead_agent_id;
  RETURN NULL;
END $$;
CREATE TRIGGER deals_led AFTER INSERT OR UPDATE OF lead_agent_id ON deals
  FOR EACH ROW EXECUTE FUNCTION deals_lead_payments();
