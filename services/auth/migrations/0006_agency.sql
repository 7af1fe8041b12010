-- What the agency says of itself: one record, which is there from the beginning.
CREATE TABLE agency (
  id                      uuid PRIMARY KEY,
  name                    text NOT NULL CHECK (name <> ''),
  phone                   text NOT NULL DEFAULT '',
  address                 text NOT NULL DEFAULT '',
  share_names_in_messages boolean NOT NULL DEFAULT false,
  logo                    bytea CHECK (octet_length(logo) <= 262144),
  logo_type               text CHECK (logo_type IN ('image/png', 'image/jpeg')),
  logo_digest             text NOT NULL DEFAULT '',
  version                 integer NOT NULL DEFAULT 1 CHECK (version > 0),
  CONSTRAINT agency_logo_is_whole CHECK
    ((logo IS NULL) = (logo_type IS NULL) AND (logo IS NULL) = (logo_digest = ''))
);
CREATE UNIQUE INDEX agency_is_one ON agency ((true));
INSERT INTO agency (id, name)
VALUES ('00000000-0000-7000-8000-00000000a9e1', 'Страховое агентство');
