-- What each person was told. One row an event and person: a delivery that comes twice finds it.
CREATE TABLE notifications (
  id           uuid PRIMARY KEY,
  user_id      uuid NOT NULL,
  event_id     uuid NOT NULL,
  kind         text NOT NULL,
  mention      boolean NOT NULL,
  subject_type text,
  subject_id   uuid,
  deal_id      uuid,
  actor_id     uuid,
  details      jsonb NOT NULL,
  created_at   timestamptz NOT NULL,
  shown_at     timestamptz NOT NULL,  -- created_at, or when it came back from later.
  read_at      timestamptz,
  later_until  timestamptz,
  CONSTRAINT notifications_once_per_event_and_person UNIQUE (event_id, user_id),
  CONSTRAINT notifications_later_is_unread CHECK (later_until IS NULL OR read_at IS NULL)
);
CREATE INDEX notifications_all ON notifications (user_id, shown_at DESC, id DESC)
  WHERE later_until IS NULL;
CREATE INDEX notifications_unread ON notifications (user_id, shown_at DESC, id DESC)
  INCLUDE (mention, deal_id) WHERE later_until IS NULL AND read_at IS NULL;
CREATE INDEX notifications_mentions ON notifications (user_id, shown_at DESC, id DESC)
  WHERE later_until IS NULL AND mention;
CREATE INDEX notifications_of_deal ON notifications (user_id, deal_id, shown_at DESC, id DESC)
  WHERE later_until IS NULL;
CREATE INDEX notifications_put_away ON notifications (user_id, shown_at DESC, id DESC)
  WHERE later_until IS NOT NULL;
CREATE INDEX notifications_come_back ON notifications (later_until) WHERE later_until IS NOT NULL;

-- How each channel took it: one row a channel, so nothing is sent twice.
CREATE TABLE deliveries (
  notification_id uuid NOT NULL REFERENCES notifications (id) ON DELETE CASCADE,
  channel         text NOT NULL,
  state           text NOT NULL CHECK (state IN ('pending', 'held', 'delivered', 'failed')),
  at              timestamptz NOT NULL,
  attempts        integer NOT NULL DEFAULT 0,
  next_attempt_at timestamptz,
  error           text,
  PRIMARY KEY (notification_id, channel),
  CONSTRAINT deliveries_wait_until_a_time
    CHECK ((state IN ('pending', 'held')) = (next_attempt_at IS NOT NULL))
);
CREATE INDEX deliveries_waiting ON deliveries (next_attempt_at) WHERE next_attempt_at IS NOT NULL;

-- Absent means the defaults. Times are "HH:MM" of the agency's time zone.
CREATE TABLE notification_settings (
  user_id    uuid PRIMARY KEY,
  quiet_from text,
  quiet_to   text,
  digest     boolean NOT NULL,
  digest_at  text NOT NULL,
  version    integer NOT NULL DEFAULT 1,
  CONSTRAINT notification_settings_quiet_has_both_ends
    CHECK ((quiet_from IS NULL) = (quiet_to IS NULL))
);
