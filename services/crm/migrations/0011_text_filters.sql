-- Filters by a part of a text (`full_name : "иванов"`) find it by its triples of letters, for those
-- who see all records; the others look through their own.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE INDEX clients_by_part_of_name ON clients USING gin (full_name gin_trgm_ops);
CREATE INDEX deals_by_part_of_title ON deals USING gin (title gin_trgm_ops);
