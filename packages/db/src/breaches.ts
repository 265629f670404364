import { Prisma } from "./generated/client.ts";

const { sql, raw } = Prisma;

/** What is an extension's came with it, and is nobody's data. */
const ofExtension = (catalog: "pg_class" | "pg_proc", oid: Prisma.Sql) => sql`EXISTS (
  SELECT FROM pg_depend d
  WHERE d.classid = ${raw(`'${catalog}'`)}::regclass AND d.objid = ${oid} AND d.deptype = 'e')`;

/** The login of `npm run db:request-role`, as the role of a request sees it. */
const loginName = sql`regexp_replace(current_user, '^taskbridge_[a-z]+_', 'taskbridge_login_')`;

/** What whoever asks can do to others, in its own name and with what it was given. */
const reach = sql`
  SELECT 'reach everybody''s rows in ' || c.oid::regclass
      || ', which has no forced row-level security: CALL "wall_in" for it in a migration' AS "breach"
  FROM pg_class c
  WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND c.relnamespace = quote_ident(current_schema())::regnamespace
    AND (has_any_column_privilege(c.oid, 'SELECT, INSERT, UPDATE, REFERENCES')
      OR has_table_privilege(c.oid, 'DELETE'))
    AND NOT (c.relrowsecurity AND c.relforcerowsecurity)
    AND NOT ${ofExtension("pg_class", sql`c.oid`)}
  UNION ALL
  SELECT 'do more with ' || c.oid::regclass || ' than a policy is asked about: REVOKE TRUNCATE, TRIGGER on it'
  FROM pg_class c
  WHERE c.relkind IN ('r', 'p') AND c.relnamespace = quote_ident(current_schema())::regnamespace
    AND has_table_privilege(c.oid, 'TRUNCATE, TRIGGER')
  UNION ALL
  SELECT format('pass the policy %I of %I.%I, which does not ask whose request it is', p.policyname, p.schemaname, p.tablename)
  FROM pg_policies p
  WHERE p.permissive = 'PERMISSIVE' AND p.roles && ARRAY['public', current_user]::name[]
    AND p.schemaname = current_schema()
    AND (coalesce(p.qual, 'taskbridge.user_id') !~ 'taskbridge\\.user_id'
      OR coalesce(p.with_check, 'taskbridge.user_id') !~ 'taskbridge\\.user_id')
  UNION ALL
  SELECT 'call ' || f.oid::regprocedure || ' with its owner''s rights: REVOKE EXECUTE on it FROM PUBLIC'
  FROM pg_proc f
  WHERE f.prosecdef AND f.pronamespace = quote_ident(current_schema())::regnamespace
    AND has_function_privilege(f.oid, 'EXECUTE') AND NOT ${ofExtension("pg_proc", sql`f.oid`)}`;

/** As a request: one row for each thing that it could do to others, as the end of "Requests could …". */
export const breaches = sql`${reach}
  UNION ALL
  SELECT 'log in or go round row-level security: ALTER ROLE ' || r.oid::regrole || ' NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE'
  FROM pg_roles r
  WHERE r.rolname = current_user
    AND (r.rolsuper OR r.rolbypassrls OR r.rolcanlogin OR r.rolcreaterole)
  UNION ALL
  SELECT 'be played by ' || m.rolname || ', who does not own the tables: REVOKE ' || a.roleid::regrole || ' FROM ' || m.oid::regrole
  FROM pg_auth_members a JOIN pg_roles m ON m.oid = a.member
  WHERE a.roleid = quote_ident(current_user)::regrole AND NOT m.rolsuper AND NOT m.rolcreaterole
    AND m.rolname NOT IN (session_user, ${loginName})
    AND NOT pg_has_role(m.oid, (SELECT t.relowner FROM pg_class t WHERE t.oid = '"task"'::regclass), 'MEMBER')`;

/**
 * As the role of a request: one row for each right that it lacks, as the end of "Requests may not …". The
 * restricted roles of searches read tasks and do no more.
 */
export const lacks = (readsOnly: boolean): Prisma.Sql => sql`
  SELECT 'use ' || c.oid::regclass || ' (' || string_agg(wanted, ', ') || ')' AS "lack"
  FROM pg_class c, unnest(${readsOnly ? ["SELECT"] : ["SELECT", "INSERT", "UPDATE", "DELETE"]}::text[]) AS wanted
  WHERE c.relkind IN ('r', 'p') AND c.relnamespace = quote_ident(current_schema())::regnamespace
    AND c.relforcerowsecurity AND (c.relname = 'task' OR NOT ${readsOnly}::boolean)
    AND NOT has_table_privilege(c.oid, wanted)
  GROUP BY c.oid
  UNION ALL
  SELECT 'see any row of ' || c.oid::regclass || ', which has no policy for them'
  FROM pg_class c
  WHERE c.relkind IN ('r', 'p') AND c.relnamespace = quote_ident(current_schema())::regnamespace
    AND c.relforcerowsecurity AND (c.relname = 'task' OR NOT ${readsOnly}::boolean)
    AND NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND quote_ident(current_user)::regrole = ANY(p.polroles))
  UNION ALL
  SELECT 'call ' || f.oid::regprocedure
  FROM pg_proc f
  WHERE f.pronamespace = quote_ident(current_schema())::regnamespace AND NOT ${readsOnly}::boolean
    AND f.proname = ANY(${callable}::text[]) AND NOT has_function_privilege(f.oid, 'EXECUTE')`;

/** The functions that requests call themselves; those of triggers need no right. */
export const callable = ["fold_task_deltas"];

/**
 * As the login of requests, before it has become one: what it could go back to. Who it is comes before what it
 * can reach, which follows from that.
 */
export const loginBreaches = sql`
  SELECT 'do all that ' || quote_ident(session_user) || ' may, who ' || r.what
    || ': name the login that "npm run db:request-role" makes' AS "breach"
  FROM (
    SELECT 'is a superuser' FROM pg_roles WHERE rolname = session_user AND rolsuper
    UNION ALL
    SELECT 'owns the tables' FROM pg_class
    WHERE oid = '"task"'::regclass AND relowner = quote_ident(session_user)::regrole
  ) AS r (what)
  UNION ALL
  SELECT 'become ' || roleid::regrole || ': REVOKE ' || roleid::regrole || ' FROM ' || member::regrole
  FROM pg_auth_members, (
    SELECT array_agg(oid) AS "roles" FROM pg_roles
    WHERE rolname IN ("request_role"('request'), "request_role"('words'), "request_role"('tag'))
  ) AS requests
  WHERE (member = quote_ident(session_user)::regrole OR member = ANY("roles")) AND NOT roleid = ANY("roles")
  UNION ALL
  SELECT 'do what the server allows few: ALTER ROLE ' || r.oid::regrole || ' NOBYPASSRLS NOCREATEROLE NOCREATEDB NOREPLICATION'
  FROM pg_roles r
  WHERE r.rolname = session_user
    AND (r.rolbypassrls OR r.rolcreaterole OR r.rolcreatedb OR r.rolreplication)
  UNION ALL
  ${reach}
  UNION ALL
  SELECT 'do as it likes with what ' || quote_ident(session_user)::regrole || ' owns: REASSIGN OWNED BY ' || quote_ident(session_user)::regrole || ' to the owner of the tables'
  WHERE EXISTS (
    SELECT FROM pg_shdepend WHERE refclassid = 'pg_authid'::regclass AND refobjid = quote_ident(session_user)::regrole AND deptype = 'o'
      -- Anybody may make these, and they give no way to anything else.
      AND classid <> 'pg_largeobject'::regclass)
  UNION ALL
  SELECT 'make tables of their own: REVOKE ' || wanted FROM (
    SELECT format('CREATE ON SCHEMA %I FROM PUBLIC, %s', nspname, quote_ident(session_user)::regrole) FROM pg_namespace
    WHERE nspname !~ '^pg_' AND has_schema_privilege(oid, 'CREATE')
    UNION ALL
    SELECT format('TEMPORARY, CREATE ON DATABASE %I FROM PUBLIC, %s', current_database(), quote_ident(session_user)::regrole)
    WHERE has_database_privilege(current_database(), 'TEMPORARY, CREATE')
  ) AS made (wanted)`;
