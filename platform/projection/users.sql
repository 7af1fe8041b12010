-- A copy of Auth's users, kept by its events: names for views, roles and states for rules.
CREATE TABLE users (
  id         uuid PRIMARY KEY,
  full_name  text NOT NULL,
  role       text NOT NULL CHECK (role IN ('agent', 'executor', 'finance', 'head', 'admin')),
  status     text NOT NULL CHECK (status IN ('invited', 'active', 'blocked')),
  version    integer NOT NULL CHECK (version > 0)
);
