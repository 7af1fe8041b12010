-- A copy of CRM's deals and who sees each, kept by CRM's events, so that lists filter in their own
-- SQL.
CREATE TABLE deals (
  id                    uuid PRIMARY KEY,
  number                text COLLATE "C" NOT NULL,
  title                 text NOT NULL,
  client_id             uuid NOT NULL,
  client_name           text NOT NULL,
  status                text NOT NULL,
  lead_agent_id         uuid NOT NULL,
  executor_id           uuid,
  finance_controller_id uuid,
  version               integer NOT NULL CHECK (version > 0)
);
CREATE INDEX deals_by_client ON deals (client_id);

CREATE TABLE deal_access (
  deal_id uuid NOT NULL REFERENCES deals (id),
  user_id uuid NOT NULL,
  is_lead boolean NOT NULL,
  PRIMARY KEY (deal_id, user_id)
);
CREATE INDEX deal_access_by_user ON deal_access (user_id, deal_id) INCLUDE (is_lead);

-- How far the first filling has come: events tell the rest.
CREATE TABLE projection_imports (
  name     text PRIMARY KEY,
  after_id uuid,
  done     boolean NOT NULL DEFAULT false
);
