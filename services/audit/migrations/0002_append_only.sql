-- Nobody changes what is recorded. The triggers hold for every role, the owner included; the
-- application's role, whatever its name, also loses the rights.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is appended only', tg_table_name USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER entries_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON entries
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER heads_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON heads
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER verifications_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON verifications
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER tree_stays BEFORE DELETE OR TRUNCATE ON tree
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

DO $$
DECLARE
  granted record;
BEGIN
  FOR granted IN
    SELECT DISTINCT c.relname, acl.grantee
      FROM pg_class c, aclexplode(c.relacl) acl
     WHERE c.oid IN ('entries'::regclass, 'heads'::regclass, 'verifications'::regclass,
                     'tree'::regclass)
       AND acl.grantee <> c.relowner
  LOOP
    EXECUTE format('REVOKE DELETE, TRUNCATE%s ON %I FROM %s',
                   CASE WHEN granted.relname = 'tree' THEN '' ELSE ', UPDATE' END,
                   granted.relname,
                   CASE WHEN granted.grantee = 0 THEN 'PUBLIC'
                        ELSE quote_ident(pg_get_userbyid(granted.grantee)) END);
  END LOOP;
END $$;
