-- Tens of thousands of policies begin with an insurer's letters and a year: the index that finds
-- them has what lists are ordered and narrowed by, so that only a page of them is read whole.
CREATE INDEX policies_by_number_in_order ON policies (number_key text_pattern_ops)
  INCLUDE (id, deal_id, effective_to, status) WHERE number_key <> '';
DROP INDEX policies_by_number_key;
