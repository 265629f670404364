import { Prisma } from "./generated/client.ts";
import { connectTo } from "./migration-lock.ts";
import { WallError } from "./wall-error.ts";

/** Prisma's models as `@@map` names their tables: with underscores. */
const tables = [
  "_prisma_migrations",
  ...Object.values(Prisma.ModelName).map((name) =>
    name.replaceAll(/\B[A-Z]/g, (letter) => `_${letter}`).toLowerCase(),
  ),
];

/** What is in the schema, is no extension's and belongs to somebody whose rights this user has not. */
const STRANGE = `
  SELECT quote_ident(current_user) AS "user", pg_get_userbyid(owner) AS "owner", name = ANY($1) AS "ours",
    format('ALTER %s %s OWNER TO %I', kind, ident, current_user) AS "text"
  FROM (
    SELECT 'pg_class'::regclass AS catalog, oid, relowner AS owner, relname AS name, 'TABLE' AS kind, oid::regclass::text AS ident
    FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = quote_ident(current_schema())::regnamespace
    UNION ALL
    SELECT 'pg_proc'::regclass, oid, proowner, '', 'ROUTINE', oid::regprocedure::text
    FROM pg_proc WHERE pronamespace = quote_ident(current_schema())::regnamespace
    UNION ALL
    SELECT 'pg_type'::regclass, oid, typowner, '', 'TYPE', oid::regtype::text
    FROM pg_type WHERE typtype = 'e' AND typnamespace = quote_ident(current_schema())::regnamespace
  ) AS object
  WHERE NOT pg_has_role(owner, 'USAGE')
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = catalog AND d.objid = object.oid AND d.deptype = 'e')`;

/**
 * Makes sure that the tables are this user's, before anything is done with them: a dump that an
 * administrator restored without owners is the administrator's. Rejects with `WallError`.
 */
export async function checkOwnership(url: string): Promise<void> {
  const { rows } = await connectTo(url, (client) =>
    client.query<{ user: string; owner: string; ours: boolean; text: string }>(STRANGE, [tables]),
  );
  const [table] = rows.filter(({ ours }) => ours);
  if (!table) return;
  const commands = rows.filter(({ owner }) => owner === table.owner).map(({ text }) => text);
  throw new WallError(
    `The tables belong to ${table.owner}, and ${table.user} may not change them. Let an administrator run in this database: ${commands.join("; ")}`,
  );
}
