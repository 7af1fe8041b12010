-- Policies in force, a small part of all, are read in the order of their ends, by those who see all
-- and by each person; counts and sums of them need the index alone.
CREATE INDEX policies_in_force ON policies (effective_to, id)
  INCLUDE (status, premium_minor, currency, product, insurer_id)
  WHERE status IN ('active', 'renewal_pending');
CREATE INDEX policy_access_in_force ON policy_access (user_id, effective_to, policy_id)
  INCLUDE (status) WHERE status IN ('active', 'renewal_pending');
