-- A list with its filter, order, grouping and columns under a name.
CREATE TABLE views (
  id         uuid PRIMARY KEY,
  resource   text NOT NULL CHECK (resource ~ '^[a-z][a-z_]*$'),
  name       text NOT NULL CHECK (name <> ''),
  scope      text NOT NULL CHECK (scope IN ('personal', 'shared')),
  filter     text NOT NULL DEFAULT '',
  order_by   text NOT NULL DEFAULT '',
  group_by   text NOT NULL DEFAULT '',
  columns    text[] NOT NULL DEFAULT '{}',
  layout     text NOT NULL CHECK (layout IN ('table', 'board', 'calendar')),
  q          text NOT NULL DEFAULT '',
  author_id  uuid NOT NULL REFERENCES users (id),
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  version    integer NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX view_name_taken ON views (author_id, resource, lower(name))
  WHERE scope = 'personal';
CREATE UNIQUE INDEX shared_view_name_taken ON views (resource, lower(name))
  WHERE scope = 'shared';
CREATE INDEX views_by_author ON views (author_id);
CREATE INDEX views_by_name ON views (resource, name, id);

-- Columns of lists that a person chose: [{"resource", "columns"}].
ALTER TABLE preferences ADD COLUMN columns jsonb NOT NULL DEFAULT '[]';
