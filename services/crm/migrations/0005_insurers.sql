-- The insurance companies the agency works with, and what each offers.
CREATE TABLE insurers (
  id         uuid PRIMARY KEY,
  name       text NOT NULL CHECK (name <> ''),
  short_name text NOT NULL CHECK (short_name <> ''),
  sort_name  text COLLATE "C" NOT NULL,
  products   text[] NOT NULL DEFAULT '{}',
  active     boolean NOT NULL DEFAULT true,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  version    integer NOT NULL DEFAULT 1,
  CONSTRAINT insurer_name_taken UNIQUE (sort_name),
  CONSTRAINT insurers_known_products CHECK (products <@ ARRAY['osago', 'kasko', 'mortgage',
    'property', 'dms', 'ns', 'travel', 'liability', 'cargo', 'other'])
);
