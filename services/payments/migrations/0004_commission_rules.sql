-- What insurers pay; each change is a version that stays for what was planned by it.
CREATE TABLE commission_rules (
  id                 uuid PRIMARY KEY,
  insurer_id         uuid,
  product            text,
  kind               text NOT NULL CHECK (kind IN ('new', 'renewal', 'any')),
  rate_percent       text,
  fixed_amount_minor bigint CHECK (fixed_amount_minor BETWEEN 1 AND 10000000000000),
  currency           text,
  base               text NOT NULL DEFAULT 'premium' CHECK (base = 'premium'),
  valid_from         date NOT NULL,
  valid_to           date,
  payout_days        integer NOT NULL CHECK (payout_days BETWEEN 0 AND 366),
  notes              text NOT NULL DEFAULT '',
  created_at         timestamptz NOT NULL DEFAULT now(),
  updated_at         timestamptz NOT NULL DEFAULT now(),
  updated_by         text NOT NULL,
  version            integer NOT NULL DEFAULT 1,
  CONSTRAINT commission_rules_rate_or_amount
    CHECK ((rate_percent IS NULL) <> (fixed_amount_minor IS NULL)),
  CONSTRAINT commission_rules_currency_of_amount
    CHECK ((fixed_amount_minor IS NULL) = (currency IS NULL)),
  CONSTRAINT commission_rules_period CHECK (valid_to >= valid_from)
);
CREATE INDEX commission_rules_by_start ON commission_rules (valid_from, id);
CREATE INDEX commission_rules_by_creation ON commission_rules (created_at, id);

CREATE TABLE commission_rule_versions (
  rule_id uuid NOT NULL REFERENCES commission_rules (id),
  version integer NOT NULL,
  rule    jsonb NOT NULL,
  PRIMARY KEY (rule_id, version)
);
