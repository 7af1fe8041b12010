-- A number is the same in whatever alphabet, case, spaces or dashes it is typed.
DROP INDEX policy_number_taken;
CREATE UNIQUE INDEX policy_number_taken ON policies (insurer_id, number_key) WHERE status <> 'draft';
