-- A policy is found by the digits of its number, whatever its series is written with.
CREATE INDEX policies_by_digits ON policies ((regexp_replace(number_key, '\D', '', 'g')) text_pattern_ops)
  WHERE number_key <> '';
