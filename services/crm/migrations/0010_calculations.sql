-- Insurers' quotes inside deals. Sums are minor units of one currency; an absent one is not known.
CREATE TABLE calculations (
  id                      uuid PRIMARY KEY,
  deal_id                 uuid NOT NULL REFERENCES deals (id),
  insurer_id              uuid NOT NULL REFERENCES insurers (id),
  product                 text NOT NULL
                          CHECK (product IN ('osago', 'kasko', 'mortgage', 'property', 'dms', 'ns',
                                             'travel', 'liability', 'cargo', 'other')),
  program                 text NOT NULL DEFAULT '',
  object_titles           text[] NOT NULL DEFAULT '{}',
  currency                text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  premium_minor           bigint CHECK (premium_minor > 0),
  coverage_sum_minor      bigint CHECK (coverage_sum_minor >= 0),
  deductible_minor        bigint CHECK (deductible_minor >= 0),
  commission_rate         text NOT NULL DEFAULT ''
                          CHECK (commission_rate ~ '^([0-9]{1,3}([.][0-9]{1,4})?)?$'),
  commission_amount_minor bigint CHECK (commission_amount_minor >= 0),
  calculated_on           date NOT NULL,
  valid_until             date,
  terms                   jsonb NOT NULL DEFAULT '{}',
  extra_terms             jsonb NOT NULL DEFAULT '[]',
  comments                text NOT NULL DEFAULT '',
  status                  text NOT NULL DEFAULT 'draft'
                          CHECK (status IN ('draft', 'ready', 'chosen', 'declined', 'expired')),
  status_changed_at       timestamptz NOT NULL DEFAULT now(),
  copied_from_id          uuid REFERENCES calculations (id),
  created_at              timestamptz NOT NULL DEFAULT now(),
  updated_at              timestamptz NOT NULL DEFAULT now(),
  version                 integer NOT NULL DEFAULT 1,
  CONSTRAINT calculations_rate_or_amount
    CHECK (commission_rate = '' OR commission_amount_minor IS NULL),
  CONSTRAINT calculations_valid_from_their_day CHECK (valid_until >= calculated_on),
  CONSTRAINT calculations_ready_are_complete
    CHECK (status NOT IN ('ready', 'chosen') OR (premium_minor IS NOT NULL AND valid_until IS NOT NULL))
);
CREATE INDEX calculations_by_deal ON calculations (deal_id, created_at, id);
CREATE INDEX calculations_by_creation ON calculations (created_at, id);
CREATE INDEX calculations_by_change ON calculations (updated_at, id);
CREATE INDEX calculations_by_validity ON calculations (valid_until, id);
CREATE INDEX calculations_by_premium ON calculations ((premium_minor / 100.0), id);
CREATE INDEX calculations_by_status ON calculations (status, created_at, id);
CREATE INDEX calculations_by_insurer ON calculations (insurer_id, created_at, id);
-- What the clock looks for.
CREATE INDEX calculations_to_expire ON calculations (valid_until)
  WHERE status IN ('draft', 'ready');

-- Who changed what of a quote, from → to, and when.
CREATE TABLE calculation_versions (
  calculation_id uuid NOT NULL REFERENCES calculations (id),
  version        integer NOT NULL,
  at             timestamptz NOT NULL DEFAULT now(),
  actor_id       text NOT NULL,
  changes        jsonb NOT NULL,
  PRIMARY KEY (calculation_id, version)
);

-- The timeline tells of more kinds of records now; the service knows the kinds.
ALTER TABLE deal_events DROP CONSTRAINT IF EXISTS deal_events_kind_check;
