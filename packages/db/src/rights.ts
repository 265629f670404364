import pg from "pg";
import { callable } from "./breaches.ts";
import { type Db, poolOf, requestPoolOf } from "./client.ts";
import { WallError } from "./wall-error.ts";

const schema = "quote_ident(current_schema())::regnamespace";
const kinds = ["request", "words", "tag"] as const;

/** What the owner of the tables would have to run for requests to have the rights that the migrations gave them. */
const statements = (login: string | undefined) => `
  WITH role AS (SELECT kind, "request_role"(kind) AS name FROM unnest(ARRAY['request', 'words', 'tag']) AS kind),
  walled AS (
    SELECT oid, relname FROM pg_class
    WHERE relkind IN ('r', 'p') AND relnamespace = ${schema} AND relforcerowsecurity
  ),
  called AS (
    SELECT oid FROM pg_proc WHERE pronamespace = ${schema} AND proname IN (${callable.map(pg.escapeLiteral)})
  )
  SELECT format('GRANT USAGE ON SCHEMA %I TO %I', current_schema(), name) AS "text" FROM role
  WHERE NOT has_schema_privilege(name, current_schema(), 'USAGE')
  UNION ALL
  SELECT format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO %I', oid::regclass, name) FROM walled, role
  WHERE kind = 'request' AND NOT (has_table_privilege(name, oid, 'SELECT') AND has_table_privilege(name, oid, 'INSERT')
    AND has_table_privilege(name, oid, 'UPDATE') AND has_table_privilege(name, oid, 'DELETE'))
  UNION ALL
  SELECT format('GRANT SELECT ON %s TO %I', oid::regclass, name) FROM walled, role
  WHERE kind <> 'request' AND relname = 'task' AND NOT has_table_privilege(name, oid, 'SELECT')
  UNION ALL
  SELECT format('GRANT EXECUTE ON FUNCTION %s TO %I', oid::regprocedure, name) FROM called, role
  WHERE kind = 'request' AND (NOT has_function_privilege(name, oid, 'EXECUTE') OR has_function_privilege('public', oid, 'EXECUTE'))
  UNION ALL
  SELECT format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', f.oid::regprocedure) FROM pg_proc f
  WHERE (f.prosecdef OR f.oid IN (SELECT oid FROM called)) AND f.pronamespace = ${schema} AND pg_has_role(f.proowner, 'USAGE')
    AND has_function_privilege('public', f.oid, 'EXECUTE')
  UNION ALL
  SELECT format('ALTER POLICY "owner" ON %s TO CURRENT_USER', walled.oid::regclass)
  FROM walled JOIN pg_policy p ON p.polrelid = walled.oid AND p.polname = 'owner'
  WHERE NOT EXISTS (SELECT FROM unnest(p.polroles) AS role WHERE pg_has_role(role, 'USAGE'))
  ${login === undefined ? "" : forLogin(login)}`;

/** It must be able to find out which role a request becomes. */
const forLogin = (login: string) => `
  UNION ALL
  SELECT format('GRANT USAGE ON SCHEMA %I TO %I', current_schema(), login) FROM (VALUES (${pg.escapeLiteral(login)})) AS given (login)
  WHERE NOT has_schema_privilege(login, current_schema(), 'USAGE')
  UNION ALL
  SELECT 'GRANT EXECUTE ON FUNCTION "request_role"(text) TO PUBLIC' FROM (VALUES (${pg.escapeLiteral(login)})) AS given (login)
  WHERE NOT has_function_privilege(login, '"request_role"(text)', 'EXECUTE')`;

/**
 * Sets the rights of requests again where a restore left them out (`pg_restore --no-privileges`), as the
 * owner of the tables, and says what it ran: nothing where all is as the migrations made it. Rejects with
 * `WallError` where the roles are missing, or the database's user may not act as them.
 */
export async function mendRights(db: Db): Promise<string[]> {
  const pool = poolOf(db);
  await checkMembership(pool);
  const login = requestPoolOf(db) === pool ? undefined : await loginOf(requestPoolOf(db));
  const { rows } = await pool.query<{ text: string }>(statements(login));
  for (const { text } of rows) {
    await pool.query(text).catch((error: Error) => {
      throw new WallError(
        `Requests lack rights that the database's user may not give (${error.message}). Let an administrator run in this database: ${rows.map((row) => row.text).join("; ")}`,
        { cause: error },
      );
    });
  }
  return rows.map(({ text }) => text);
}

async function loginOf(pool: pg.Pool): Promise<string> {
  const { rows } = await pool.query<{ login: string }>(`SELECT session_user AS "login"`);
  return rows[0]?.login ?? "";
}

/** A role of requests that the database's user is no member of. */
interface Missing {
  name: string;
  there: boolean;
  user: string;
  /** Another user, who is. */
  usedBy: string | null;
}

async function checkMembership(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<Missing>(
    `SELECT quote_ident(name) AS "name", quote_ident(current_user) AS "user",
       EXISTS (SELECT FROM pg_roles WHERE rolname = name) AS "there",
       (SELECT quote_ident(m.rolname) FROM pg_auth_members a JOIN pg_roles r ON r.oid = a.roleid
          JOIN pg_roles m ON m.oid = a.member
        WHERE r.rolname = name AND NOT m.rolsuper AND m.rolname !~ '^taskbridge_login_'
        ORDER BY m.rolname LIMIT 1) AS "usedBy"
     FROM unnest($1::text[]) AS kind, "request_role"(kind) AS name
     WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name AND pg_has_role(oid, 'MEMBER'))`,
    [kinds],
  );
  const [first] = rows;
  if (!first) return;
  const make = rows.filter(({ there }) => !there);
  const made = make.map(({ name }) => `CREATE ROLE ${name} NOLOGIN NOINHERIT; `).join("");
  const names = rows.map(({ name }) => name).join(", ");
  const usedBy = rows.find((row) => row.usedBy !== null)?.usedBy;
  // Granted to both, the start of the other one would refuse.
  if (usedBy) {
    throw new WallError(
      `The roles ${names} are those of ${usedBy}, the user of another Taskbridge database on this server, and cannot serve two: restore the dump as ${usedBy}, or on another server. Where that one is gone, let an administrator run: REVOKE ${names} FROM ${usedBy}; GRANT ${names} TO ${first.user};`,
    );
  }
  const restored = make.length > 0 ? " Then restore the dump again: its policies need them." : "";
  throw new WallError(
    `The database's user may not act as a request: roles belong to the server and are in no dump. Let an administrator run: ${made}GRANT ${names} TO ${first.user};${restored}`,
  );
}
