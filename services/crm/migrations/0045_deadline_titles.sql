-- What a date is about, in words: the subject of a task, the number of a policy.
ALTER TABLE deal_dates ADD COLUMN title text NOT NULL DEFAULT '';
UPDATE deal_dates t SET title = p.number
  FROM policies p
 WHERE t.kind = 'policy_end' AND p.id = t.subject_id;
