import { type Db, poolOf } from "./client.ts";
import { sqlStateOf } from "./driver-error.ts";
import { Prisma } from "./generated/client.ts";
import { statementsOf } from "./statements.ts";
import { isUnavailable } from "./unavailable.ts";

const { sql, raw } = Prisma;

/** The database would not keep one user's rows from another. Its message says what to do. */
export class WallError extends Error {
  override readonly name = "WallError";
}

/** What is an extension's came with it, and is nobody's data. */
const ofExtension = (catalog: "pg_class" | "pg_proc", oid: Prisma.Sql) => sql`EXISTS (
  SELECT FROM pg_depend d
  WHERE d.classid = ${raw(`'${catalog}'`)}::regclass AND d.objid = ${oid} AND d.deptype = 'e')`;

/** A name is no identifier: it may have blanks and capitals. */
const schema = sql`quote_ident(current_schema())::regnamespace`;

/** As a request: one row for each thing that it could do to others, as a sentence's end. */
const breaches = sql`
  SELECT 'reach everybody''s rows in ' || c.oid::regclass
      || ', which has no forced row-level security: CALL "wall_in" for it in a migration' AS "breach"
  FROM pg_class c
  WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND c.relnamespace = ${schema}
    AND (has_any_column_privilege(c.oid, 'SELECT, INSERT, UPDATE, REFERENCES')
      OR has_table_privilege(c.oid, 'DELETE'))
    AND NOT (c.relrowsecurity AND c.relforcerowsecurity)
    AND NOT ${ofExtension("pg_class", sql`c.oid`)}
  UNION ALL
  SELECT 'do more with ' || c.oid::regclass || ' than a policy is asked about: REVOKE TRUNCATE, TRIGGER on it'
  FROM pg_class c
  WHERE c.relkind IN ('r', 'p') AND c.relnamespace = ${schema}
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
  WHERE f.prosecdef AND f.pronamespace = ${schema}
    AND has_function_privilege(f.oid, 'EXECUTE') AND NOT ${ofExtension("pg_proc", sql`f.oid`)}
  UNION ALL
  SELECT 'log in or go round row-level security: ALTER ROLE ' || r.oid::regrole || ' NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE'
  FROM pg_roles r
  WHERE r.rolname = current_user
    AND (r.rolsuper OR r.rolbypassrls OR r.rolcanlogin OR r.rolcreaterole)
  UNION ALL
  SELECT 'be played by ' || m.rolname || ', who does not own the tables: REVOKE ' || a.roleid::regrole || ' FROM ' || m.oid::regrole
  FROM pg_auth_members a JOIN pg_roles m ON m.oid = a.member
  WHERE a.roleid = quote_ident(current_user)::regrole AND NOT m.rolsuper AND NOT m.rolcreaterole
    AND NOT pg_has_role(m.oid, (SELECT t.relowner FROM pg_class t WHERE t.oid = '"task"'::regclass), 'MEMBER')`;

/**
 * Makes sure, before the first request, that requests can give up the owner's rights, and that what
 * they can then do ends at their own rows. Rejects with `WallError` where it is not so: a dump was
 * restored without its roles, say, or a new table has no wall.
 */
export async function checkWalls(db: Db): Promise<void> {
  const request = statementsOf(poolOf(db), "nobody");
  try {
    for (const by of [undefined, "words", "tag"] as const) {
      const narrowing = by && ({ by, value: "" } as const);
      const { rows } = await request.run(breaches, { narrowing });
      const [found] = rows as { breach: string }[];
      if (found) throw new WallError(`Requests could ${found.breach}.`);
    }
  } catch (error) {
    const state = sqlStateOf(error);
    // 42501, which is an outage later, is what a role that was not granted looks like now.
    if (error instanceof WallError || (isUnavailable(error) && state !== "42501")) throw error;
    throw new WallError(
      state === "42883"
        ? "The database has no row-level security yet: its migrations have not been applied."
        : `The database's user may not act as a request (${(error as Error).message}). Were the roles restored with the database? GRANT the roles taskbridge_request_…, taskbridge_words_… and taskbridge_tag_… to it.`,
      { cause: error },
    );
  }
}
