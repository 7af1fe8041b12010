-- The Ed25519 keys of identity tokens, one after the other; each is published before it signs and
-- kept until the last token that it signed has expired. Secrets are sealed.
CREATE TABLE signing_keys (
  kid           text PRIMARY KEY,
  public_key    bytea NOT NULL CHECK (length(public_key) = 32),
  sealed_secret bytea NOT NULL,
  signs_from    timestamptz NOT NULL,
  signs_until   timestamptz NOT NULL,
  CONSTRAINT signing_keys_sign_for_a_time CHECK (signs_from < signs_until)
);
CREATE UNIQUE INDEX signing_keys_one_at_a_time ON signing_keys (signs_from);
