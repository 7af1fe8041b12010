-- Tasks are drawn by weeks too, and a view keeps its drawing.
ALTER TABLE views
  DROP CONSTRAINT views_layout_check,
  ADD CONSTRAINT views_layout_check CHECK (layout IN ('table', 'board', 'calendar', 'week'));
