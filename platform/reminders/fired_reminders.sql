-- What the clock has reminded of. A row and the event that told it were one transaction, so nothing
-- is told twice; a date that moved has another base and counts anew.
CREATE TABLE fired_reminders (
  rule        text        NOT NULL,
  subject_id  uuid        NOT NULL,
  base_on     date        NOT NULL,
  offset_days integer     NOT NULL,
  fires_on    date        NOT NULL,
  fired_at    timestamptz NOT NULL,
  PRIMARY KEY (subject_id, rule, base_on, offset_days),
  CONSTRAINT fired_reminders_fires_on_is_base_and_offset CHECK (fires_on = base_on + offset_days)
);
CREATE INDEX fired_reminders_fires_on ON fired_reminders (fires_on);
