-- Dated notes of a deal, written by people.
CREATE TABLE journal_entries (
  id            uuid PRIMARY KEY,
  deal_id       uuid NOT NULL REFERENCES deals (id),
  author_id     uuid NOT NULL,
  text          text NOT NULL CHECK (text <> ''),
  mentioned_ids uuid[] NOT NULL DEFAULT '{}',
  created_at    timestamptz NOT NULL DEFAULT now(),
  edited_at     timestamptz,
  version       integer NOT NULL DEFAULT 1
);
CREATE INDEX journal_entries_by_deal ON journal_entries (deal_id, created_at, id);

-- What an entry said before an edit made later than fifteen minutes after writing.
CREATE TABLE journal_versions (
  entry_id    uuid NOT NULL REFERENCES journal_entries (id),
  version     integer NOT NULL,
  text        text NOT NULL,
  replaced_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (entry_id, version)
);

-- What happened to a deal, written in the transaction of the change.
CREATE TABLE deal_events (
  id       uuid PRIMARY KEY,
  deal_id  uuid NOT NULL REFERENCES deals (id),
  at       timestamptz NOT NULL DEFAULT now(),
  kind     text NOT NULL
           CHECK (kind IN ('created', 'status_changed', 'team_changed', 'updated', 'continued')),
  actor_id text NOT NULL,
  details  jsonb NOT NULL DEFAULT '{}'
);
CREATE INDEX deal_events_by_deal ON deal_events (deal_id, at, id);
