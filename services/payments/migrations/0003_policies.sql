-- A copy of CRM's policies, kept by its events, and the commission terms that each got when its
-- payments were planned. Drafts stand here too: nothing is planned for them.
CREATE TABLE policies (
  id               uuid PRIMARY KEY,
  deal_id          uuid NOT NULL,
  client_id        uuid NOT NULL,
  client_name      text NOT NULL,
  number           text NOT NULL,
  insurer_id       uuid NOT NULL,
  insurer_name     text NOT NULL,
  product          text NOT NULL,
  currency         text NOT NULL CHECK (length(currency) = 3),
  payment_route    text NOT NULL CHECK (payment_route IN ('direct', 'gross', 'net')),
  status           text NOT NULL
                   CHECK (status IN ('draft', 'active', 'renewal_pending', 'closed')),
  policy           jsonb NOT NULL,  -- The whole of it, as the event said.
  terms            jsonb,           -- None were found, or nothing was planned yet: NULL.
  version          integer NOT NULL CHECK (version > 0)
);
CREATE INDEX policies_by_deal ON policies (deal_id);
CREATE INDEX policies_by_insurer ON policies (insurer_id);
