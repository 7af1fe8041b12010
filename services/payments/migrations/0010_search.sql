-- A policy is found by the digits of its number, whatever its series is written with.
CREATE INDEX policies_by_digits ON policies ((regexp_replace(number, '\D', '', 'g')) text_pattern_ops);
