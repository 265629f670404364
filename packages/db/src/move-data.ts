import pg from "pg";
import { applyMigrations } from "./migrate.ts";
import { BEGIN_WITHOUT_LIMITS, connectTo } from "./migration-lock.ts";

/** The data cannot be moved; the message says why. */
export class MoveError extends Error {
  override readonly name = "MoveError";
}

/** What the database at the other end makes by itself, or nobody misses. */
const LEFT_OUT = ["_prisma_migrations", "task_delta", "rate_limit", "task_text_rewrite"];
/** How many rows one statement carries. */
const ROWS = 500;

/**
 * Copies all rows of one Taskbridge database into another that has none yet, which is migrated first:
 * accounts, passwords, sessions and ids stay what they are. It is one transaction there: all of it, or
 * nothing. Resolves with how many rows each table got. Throws `MoveError`.
 */
export async function moveData(
  fromUrl: string,
  toUrl: string,
  migrationsDir?: string,
): Promise<Record<string, number>> {
  // Both have the same columns then.
  for (const url of [fromUrl, toUrl]) await applyMigrations(url, migrationsDir);
  return await connectTo(fromUrl, (from) => connectTo(toUrl, (to) => copyAll(from, to)));
}

async function copyAll(from: pg.Client, to: pg.Client): Promise<Record<string, number>> {
  await to.query(BEGIN_WITHOUT_LIMITS);
  const { rows: found } = await to.query(`SELECT FROM "user" LIMIT 1`);
  if (found.length > 0) throw new MoveError("The database there has accounts already.");
  const moved: Record<string, number> = {};
  for (const table of await tablesOf(to)) moved[table] = await copyTable(table, from, to);
  // Each server counts its own transactions, and followers ask for the latest.
  await to.query(`UPDATE "revoked_session" SET "transactionId" = DEFAULT`);
  // What came may be written by earlier rules: the next start looks at all of it.
  await to.query(`DELETE FROM "task_text_rewrite"`);
  await to.query("COMMIT");
  return moved;
}

/** Those that others refer to come first. */
async function tablesOf(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string; needs: string[] }>(`
    SELECT c.relname AS "name", coalesce(array_agg(f.relname::text) FILTER (WHERE f.oid <> c.oid), '{}') AS "needs"
    FROM pg_class c
    LEFT JOIN pg_constraint k ON k.conrelid = c.oid AND k.contype = 'f'
    LEFT JOIN pg_class f ON f.oid = k.confrelid
    WHERE c.relkind = 'r' AND c.relnamespace = quote_ident(current_schema())::regnamespace
    GROUP BY c.relname`);
  const left = rows.filter(({ name }) => !LEFT_OUT.includes(name));
  const sorted: string[] = [];
  while (left.length > 0) {
    const at = left.findIndex(({ needs }) => needs.every((need) => sorted.includes(need)));
    const [next] = left.splice(Math.max(at, 0), 1);
    if (next) sorted.push(next.name);
  }
  return sorted;
}

async function copyTable(table: string, from: pg.Client, to: pg.Client): Promise<number> {
  const name = pg.escapeIdentifier(table);
  await from.query("BEGIN");
  await from.query(`DECLARE "rows" CURSOR FOR SELECT to_jsonb(t)::text AS "row" FROM ${name} t`);
  let count = 0;
  for (;;) {
    const { rows } = await from.query<{ row: string }>(`FETCH ${ROWS} FROM "rows"`);
    if (rows.length === 0) break;
    // What is there already was made by the app's own start.
    const made = await to.query(
      `INSERT INTO ${name} SELECT * FROM jsonb_populate_recordset(NULL::${name}, $1::jsonb) ON CONFLICT DO NOTHING`,
      [`[${rows.map(({ row }) => row).join()}]`],
    );
    count += made.rowCount ?? 0;
  }
  await from.query("COMMIT");
  return count;
}
