-- Counts of a user's clients are answered by the index alone.
CREATE INDEX client_access_by_user ON client_access (user_id, sort_name, client_id)
  INCLUDE (archived);
DROP INDEX client_access_by_name;
DROP INDEX client_access_by_client;
-- Search reads what was just written at once; short lists keep both sides quick.
ALTER INDEX client_search_words SET (gin_pending_list_limit = 512);
ALTER INDEX deal_search_words SET (gin_pending_list_limit = 512);
