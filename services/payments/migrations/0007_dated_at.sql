-- When the planned date became known, by the agency's clock: reminders that would have fired before
-- it do not fire late.
ALTER TABLE payments ADD COLUMN dated_at timestamptz NOT NULL DEFAULT now();
