-- The clock reads reviews by their day.
CREATE INDEX deals_by_review ON deals (next_review_at, id) WHERE status <> 'closed';
