-- The last morning summary of each person: one a day, whatever restarts happen.
CREATE TABLE digests (
  user_id uuid PRIMARY KEY,
  last_on date NOT NULL
);
