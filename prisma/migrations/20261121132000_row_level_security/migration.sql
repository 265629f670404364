-- The second wall between users (docs/decisions/0016-row-level-security.md). All of it by hand:
-- Prisma's schema can say neither roles nor policies.

-- "priority" becomes a number, from 0 for none to 3 for high. PostgreSQL may compare numbers before it
-- has looked at a policy, but not an enum's values: an index could no longer be entered at a priority.
DROP INDEX "task_userId_priority_id_completedAt_idx";
ALTER TABLE "task" ALTER COLUMN "priority" DROP DEFAULT;
ALTER TABLE "task" ALTER COLUMN "priority" TYPE SMALLINT USING
  CASE "priority" WHEN 'none' THEN 0 WHEN 'low' THEN 1 WHEN 'medium' THEN 2 ELSE 3 END;
ALTER TABLE "task" ALTER COLUMN "priority" SET DEFAULT 0;
ALTER TABLE "task" ADD CONSTRAINT "task_priority_check" CHECK ("priority" BETWEEN 0 AND 3);
DROP TYPE "priority";
CREATE INDEX "task_userId_priority_id_completedAt_idx" ON "task"("userId", "priority", "id", "completedAt") WHERE ("deletedAt" IS NULL);

-- For the same reason these two have a CASE in place of a coalesce(). They must be the same as those of
-- packages/tasks/src/sorts.ts.
DROP INDEX "task_due_first_idx";
DROP INDEX "task_due_last_idx";
CREATE INDEX "task_due_first_idx" ON "task"("userId", (CASE WHEN "dueDate" IS NULL THEN 'infinity'::date ELSE "dueDate" END), "id", "completedAt") WHERE ("deletedAt" IS NULL);
CREATE INDEX "task_due_last_idx" ON "task"("userId", (CASE WHEN "dueDate" IS NULL THEN '-infinity'::date ELSE "dueDate" END), "id", "completedAt") WHERE ("deletedAt" IS NULL);

-- Behind a policy PostgreSQL does not use what it knows of a column to judge a search.
DROP STATISTICS "task_search_stats";

-- The roles that requests run in. They belong to this database alone: another's owner must not be a
-- member of them. Roles are the whole server's, so the name says which database it is.
DO $$
DECLARE
  suffix text := CASE WHEN octet_length(current_database()) <= 36
    THEN current_database() ELSE md5(current_database()) END;
  kind text;
  name text;
BEGIN
  FOREACH kind IN ARRAY ARRAY['request', 'words', 'tag'] LOOP
    name := 'taskbridge_' || kind || '_' || suffix;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) THEN
      IF NOT (SELECT rolcreaterole OR rolsuper FROM pg_roles WHERE rolname = current_user) THEN
        RAISE EXCEPTION 'the user % may not create roles. Let an administrator run: ALTER ROLE % CREATEROLE', current_user, quote_ident(current_user)
          USING ERRCODE = 'insufficient_privilege';
      END IF;
      EXECUTE format('CREATE ROLE %I NOLOGIN NOINHERIT', name);
      EXECUTE format('GRANT %I TO CURRENT_USER', name);
    ELSIF EXISTS (SELECT FROM pg_roles WHERE rolname = name AND (rolsuper OR rolbypassrls OR rolcanlogin OR rolcreaterole))
        OR EXISTS (SELECT FROM pg_auth_members WHERE member = name::regrole) THEN
      RAISE EXCEPTION 'the role % exists and may do more than a request should', quote_ident(name);
    ELSIF NOT pg_has_role(current_user, name, 'MEMBER') THEN
      EXECUTE format('GRANT %I TO CURRENT_USER', name);
    END IF;
    IF NOT has_schema_privilege(name, current_schema(), 'USAGE') THEN
      EXECUTE format('GRANT USAGE ON SCHEMA %I TO %I', current_schema(), name);
    END IF;
  END LOOP;

  -- Which role is whose: 'request' reads and writes; 'words' and 'tag' read what those narrow down.
  EXECUTE format($body$
    CREATE FUNCTION "request_role"(kind text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN 'taskbridge_' || kind || '_' || %L;
  $body$, suffix);
END $$;

-- Puts the wall around a table whose rows have an owner in "userId". Every such table needs it.
CREATE PROCEDURE "wall_in"(walled regclass) LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', walled);
  EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', walled);
  EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO %I', walled, "request_role"('request'));
  EXECUTE format($policy$
    CREATE POLICY "request" ON %s TO %I USING ("userId" = current_setting('taskbridge.user_id', true))
  $policy$, walled, "request_role"('request'));
  -- Migrations, purges and people at psql. Once it is said whose request this is, the owner of the
  -- table is held to that as well, should it still be the owner who asks.
  EXECUTE format($policy$
    CREATE POLICY "owner" ON %s TO CURRENT_USER
      USING (coalesce(current_setting('taskbridge.user_id', true), '') IN ('', "userId"))
  $policy$, walled);
END $$;

CALL "wall_in"('task');
CALL "wall_in"('idempotency_record');

-- Behind a policy PostgreSQL looks a word or a tag up in an index only if the policy itself asks for
-- it: what compares texts might tell of rows that the policy would have hidden.
DO $$
BEGIN
  EXECUTE format('GRANT SELECT ON "task" TO %I, %I', "request_role"('words'), "request_role"('tag'));
  EXECUTE format($policy$
    CREATE POLICY "words" ON "task" FOR SELECT TO %I USING (
      "userId" = current_setting('taskbridge.user_id', true) AND "deletedAt" IS NULL
      AND ("searchTitle" || E'\n' || "searchNotes") LIKE current_setting('taskbridge.narrowing', true))
  $policy$, "request_role"('words'));
  EXECUTE format($policy$
    CREATE POLICY "tag" ON "task" FOR SELECT TO %I USING (
      "userId" = current_setting('taskbridge.user_id', true) AND "deletedAt" IS NULL
      AND "tags" @> ARRAY[current_setting('taskbridge.narrowing', true)])
  $policy$, "request_role"('tag'));
END $$;
