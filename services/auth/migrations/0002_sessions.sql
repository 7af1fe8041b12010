-- Who is signed in. The secret itself is known to its holder alone; an ended session has no row.
CREATE TABLE sessions (
  id           uuid PRIMARY KEY,
  user_id      uuid NOT NULL REFERENCES users (id),
  token_hash   bytea NOT NULL CHECK (length(token_hash) = 32),
  csrf_token   text NOT NULL,
  device       text NOT NULL,
  address      text NOT NULL,
  program      boolean NOT NULL,
  created_at   timestamptz NOT NULL,
  last_used_at timestamptz NOT NULL,
  idle_ends_at timestamptz NOT NULL,
  ends_at      timestamptz NOT NULL,
  CONSTRAINT sessions_idle_within_life CHECK (idle_ends_at <= ends_at)
);
CREATE UNIQUE INDEX sessions_token_unique ON sessions (token_hash);
CREATE INDEX sessions_of_user ON sessions (user_id, created_at);
CREATE INDEX sessions_by_end ON sessions (idle_ends_at);

-- One-time links. A newer one of the same user ends the older ones.
CREATE TABLE invitations (
  token_hash bytea PRIMARY KEY CHECK (length(token_hash) = 32),
  user_id    uuid NOT NULL REFERENCES users (id),
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX invitations_one_per_user ON invitations (user_id);
