-- Pictures that stand on offers, by their digest: what a client was shown stays as it was.
CREATE TABLE agency_logos (
  digest text PRIMARY KEY,
  data   bytea NOT NULL
);
