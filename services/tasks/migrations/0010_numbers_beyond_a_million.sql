-- The counter goes on behind 999999; lpad to six would cut it, and give the same numbers again.
CREATE OR REPLACE FUNCTION next_task_number(year integer) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  sequence_name text := 'task_numbers_' || year;
  counter text;
BEGIN
  IF year NOT BETWEEN 2000 AND 2200 THEN
    RAISE EXCEPTION 'no task numbers for year %', year;
  END IF;
  IF to_regclass(sequence_name) IS NULL THEN
    PERFORM pg_advisory_xact_lock(hashtext('task_numbers'), year);
    EXECUTE format('CREATE SEQUENCE IF NOT EXISTS %I', sequence_name);
  END IF;
  counter := nextval(sequence_name);
  RETURN year || '-' || lpad(counter, greatest(length(counter), 6), '0');
END $$;
