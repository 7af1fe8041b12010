-- The newest name that an event told of a client. An event of a deal may be told after a later
-- change of its client, with the name from before: this one holds against it.
CREATE TABLE client_names (
  id         uuid PRIMARY KEY,
  short_name text NOT NULL,
  version    integer NOT NULL CHECK (version > 0)
);
