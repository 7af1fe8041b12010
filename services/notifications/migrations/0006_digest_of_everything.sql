-- A summary counts more than tasks now; those that were sent keep what they said.
UPDATE notifications
   SET details = details - 'due_today' - 'overdue' || jsonb_build_object('due', jsonb_build_array(
         jsonb_build_object('kind', 'task',
           'count', coalesce((details->>'due_today')::integer, 0)
                    + coalesce((details->>'overdue')::integer, 0),
           'overdue', coalesce((details->>'overdue')::integer, 0))))
 WHERE kind = 'digest';
