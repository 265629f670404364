import { type Db, poolOf } from "./client.ts";
import { sqlStateOf } from "./driver-error.ts";
import { Prisma } from "./generated/client.ts";
import { actAs } from "./owner.ts";
import { pipeline } from "./pipeline.ts";
import { isUnavailable } from "./unavailable.ts";

const { sql } = Prisma;

/** The database would not keep one user's rows from another. Its message says what to do. */
export class WallError extends Error {
  override readonly name = "WallError";
}

/** As a request: what it may touch although no policy is sure to be asked about it. */
const openTables = sql`
  SELECT c.oid::regclass::text AS "name" FROM pg_class c
  WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND c.relnamespace = current_schema()::regnamespace
    AND has_any_column_privilege(c.oid, 'SELECT, INSERT, UPDATE, REFERENCES')
    AND NOT (c.relrowsecurity AND c.relforcerowsecurity)
  ORDER BY 1`;

const rights = sql`
  SELECT current_user AS "role", r.rolsuper OR r.rolbypassrls AS "unbound"
  FROM pg_roles r WHERE r.rolname = current_user`;

/**
 * Makes sure, before the first request, that requests can give up the owner's rights and that every
 * table they may then touch has row-level security, enabled and forced. Rejects with `WallError` where
 * it is not so: a dump was restored without its roles, say, or a new table has no wall.
 */
export async function checkWalls(db: Db): Promise<void> {
  const client = await poolOf(db).connect();
  try {
    for (const by of [undefined, "words", "tag"] as const) {
      const narrowing = by && ({ by, value: "" } as const);
      const [, { rows: known } = { rows: [] }, { rows: open } = { rows: [] }] = await pipeline(
        client,
        [actAs("nobody", narrowing), rights, openTables],
        10_000,
      );
      const [right] = known as { role: string; unbound: boolean }[];
      if (!right || right.unbound) {
        throw new WallError(
          `Requests run as the role ${right?.role}, which row-level security does not bind: ALTER ROLE "${right?.role}" NOSUPERUSER NOBYPASSRLS`,
        );
      }
      const names = (open as { name: string }[]).map(({ name }) => name);
      if (names.length > 0) {
        throw new WallError(
          `Requests could reach everybody's rows in ${names.join(", ")}: CALL "wall_in" for each in a migration.`,
        );
      }
    }
  } catch (error) {
    if (error instanceof WallError || isUnavailable(error)) throw error;
    throw new WallError(
      sqlStateOf(error) === "42883"
        ? "The database has no row-level security yet: its migrations have not been applied."
        : `The database's user may not act as a request (${(error as Error).message}). Were the roles restored with the database? GRANT the roles taskbridge_request_…, taskbridge_words_… and taskbridge_tag_… to it.`,
      { cause: error },
    );
  } finally {
    client.release();
  }
}
