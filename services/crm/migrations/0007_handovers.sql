-- Deals of blocked users that pass to a successor, in steps that can be resumed. A row goes when
-- the user has no deals left.
CREATE TABLE handovers (
  user_id      uuid PRIMARY KEY,
  successor_id uuid,
  blocked_by   uuid,
  requested_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX deal_members_by_user ON deal_members (user_id, deal_id);
