-- All by hand. What runs with the owner's rights is for this database's own triggers alone. Whoever may
-- connect to it could otherwise put it into a trigger of theirs, on a table of theirs by the name that
-- it writes to (CVE-2018-1058): temporary tables are looked for last from now on.
DO $$
DECLARE
  definer text;
BEGIN
  FOREACH definer IN ARRAY ARRAY['revoke_session', 'revoke_all_sessions'] LOOP
    EXECUTE format('ALTER FUNCTION %I() SET search_path = pg_catalog, %I, pg_temp', definer, current_schema());
    EXECUTE format('REVOKE EXECUTE ON FUNCTION %I() FROM PUBLIC', definer);
  END LOOP;
END $$;

REVOKE EXECUTE ON FUNCTION "request_role"(text) FROM PUBLIC;
REVOKE EXECUTE ON PROCEDURE "wall_in"(regclass) FROM PUBLIC;
