-- The log: one row an event, positions without a gap from 0. `leaf` is the RFC 9162 leaf hash of the
-- row's canonical form (src/entries/entry.hpp), so no column may change afterwards.
CREATE TABLE entries (
  position       bigint      NOT NULL CONSTRAINT entries_position_from_0 CHECK (position >= 0),
  event_id       uuid        NOT NULL,
  at             timestamptz NOT NULL,
  actor_id       text        NOT NULL,
  action         text        NOT NULL,
  entity_type    text        NOT NULL,
  entity_id      text        NOT NULL,
  entity_version integer     NOT NULL,
  service        text        NOT NULL,
  reason         text        NOT NULL,
  trace_id       text        NOT NULL,
  -- JSON as text: jsonb would reorder keys and change what was hashed. Empty when there is none.
  before         text        NOT NULL,
  after          text        NOT NULL,
  details        text        NOT NULL,
  leaf           bytea       NOT NULL CONSTRAINT entries_leaf_is_sha256 CHECK (length(leaf) = 32),
  PRIMARY KEY (position),
  CONSTRAINT entries_one_per_event UNIQUE (event_id)
);
CREATE INDEX entries_at          ON entries (at, position);
CREATE INDEX entries_actor       ON entries (actor_id, position);
CREATE INDEX entries_action      ON entries (action, position);
CREATE INDEX entries_entity      ON entries (entity_id, entity_type, position);
CREATE INDEX entries_entity_type ON entries (entity_type, position);
CREATE INDEX entries_service     ON entries (service, position);

-- The Merkle tree over all entries, as the roots of its complete subtrees, largest first. Its row is
-- locked to append, which is what makes positions gapless.
CREATE TABLE tree (
  only_row boolean PRIMARY KEY DEFAULT true CONSTRAINT tree_has_one_row CHECK (only_row),
  size     bigint  NOT NULL,
  peaks    bytea   NOT NULL
) WITH (fillfactor = 50);
INSERT INTO tree (size, peaks) VALUES (0, '');

-- Signed heads. `peaks` lets the signer extend a head without reading what lies before it; they hash
-- to `root`, which the signature covers.
CREATE TABLE heads (
  size       bigint      PRIMARY KEY CONSTRAINT heads_size_positive CHECK (size > 0),
  root       bytea       NOT NULL CONSTRAINT heads_root_is_sha256 CHECK (length(root) = 32),
  peaks      bytea       NOT NULL,
  signed_at  timestamptz NOT NULL,
  signature  bytea       NOT NULL CONSTRAINT heads_signature_is_ed25519 CHECK (length(signature) = 64),
  public_key bytea       NOT NULL CONSTRAINT heads_public_key_is_ed25519 CHECK (length(public_key) = 32)
);

-- What each pass over the whole log found.
CREATE TABLE verifications (
  id          bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  verified_at timestamptz NOT NULL DEFAULT now(),
  ok          boolean     NOT NULL,
  size        bigint      NOT NULL,
  root        text        NOT NULL,
  problem     text        NOT NULL,
  position    bigint      NOT NULL,
  CONSTRAINT verifications_problem_unless_ok CHECK (ok = (problem = ''))
);

-- Names to show beside actor ids, as Auth last told them.
CREATE TABLE users (
  id        text    PRIMARY KEY,
  full_name text    NOT NULL,
  version   integer NOT NULL
);
