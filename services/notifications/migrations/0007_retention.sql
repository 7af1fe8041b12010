-- What is kept no longer is found by its age.
CREATE INDEX notifications_read_since ON notifications (read_at) WHERE read_at IS NOT NULL;
CREATE INDEX notifications_unread_since ON notifications (shown_at) WHERE read_at IS NULL;
