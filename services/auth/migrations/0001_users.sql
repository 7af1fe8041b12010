-- The people of the agency. An e-mail belongs to one account, however it is written.
CREATE TABLE users (
  id                uuid PRIMARY KEY,
  email             text NOT NULL,
  full_name         text NOT NULL,
  role              text NOT NULL CHECK (role IN ('agent', 'executor', 'finance', 'head', 'admin')),
  status            text NOT NULL CHECK (status IN ('invited', 'active', 'blocked')),
  password_hash     text,                        -- PHC string of Argon2id over the peppered password.
  pepper_version    integer,
  epoch             bigint NOT NULL DEFAULT 0,   -- Grows whenever all sessions so far end.
  version           integer NOT NULL DEFAULT 1,
  created_at        timestamptz NOT NULL DEFAULT now(),
  last_signed_in_at timestamptz,
  blocked_at        timestamptz,
  blocked_reason    text,
  CONSTRAINT users_active_has_password CHECK (status <> 'active' OR password_hash IS NOT NULL),
  CONSTRAINT users_password_has_pepper CHECK ((password_hash IS NULL) = (pepper_version IS NULL)),
  CONSTRAINT users_blocked_says_when CHECK ((status = 'blocked') = (blocked_at IS NOT NULL))
);
CREATE UNIQUE INDEX users_email_unique ON users (lower(email));
CREATE INDEX users_by_name ON users (full_name, id);

-- What a person chose for themselves; no row means the defaults.
CREATE TABLE preferences (
  user_id     uuid PRIMARY KEY REFERENCES users (id),
  theme       text NOT NULL CHECK (theme IN ('light', 'dark', 'system')),
  language    text NOT NULL CHECK (language IN ('ru', 'en')),
  density     text NOT NULL CHECK (density IN ('compact', 'normal', 'spacious')),
  single_keys boolean NOT NULL,
  version     integer NOT NULL DEFAULT 1
);
