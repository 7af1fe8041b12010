-- A copy of what the agency says of itself, kept by Auth's events: one record.
CREATE TABLE agency (
  id                      uuid PRIMARY KEY,
  name                    text NOT NULL,
  phone                   text NOT NULL,
  address                 text NOT NULL,
  share_names_in_messages boolean NOT NULL,
  logo_digest             text NOT NULL,
  version                 integer NOT NULL CHECK (version > 0)
);
CREATE UNIQUE INDEX agency_is_one ON agency ((true));
