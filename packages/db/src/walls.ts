import type pg from "pg";
import { breaches, lacks, loginBreaches } from "./breaches.ts";
import { type Db, poolOf, requestPoolOf } from "./client.ts";
import { sqlStateOf } from "./driver-error.ts";
import { statementsOf } from "./statements.ts";
import { isTakenAway, isUnavailable } from "./unavailable.ts";
import { WallError } from "./wall-error.ts";
import { proveWay } from "./way.ts";

export { WallError } from "./wall-error.ts";

/** So many new connections prove at a start that requests' statements stay together. */
const CONNECTIONS = 16;

/**
 * Makes sure, before the first request and now and then, that requests can give up the owner's rights,
 * that what they can then do ends at their own rows, and that they can do their work. It goes the way
 * that requests go. Rejects with `WallError` where it is not so: a dump was restored without its roles,
 * say, a new table has no wall, or a pooler sends a read to another server than the wall before it.
 */
export async function checkWalls(db: Db, { newConnections = CONNECTIONS } = {}): Promise<void> {
  const pool = requestPoolOf(db);
  try {
    if (pool !== poolOf(db)) await checkLogin(pool, poolOf(db));
    const unproved = await proveWay(pool, newConnections).catch((error: Error) => error);
    if (unproved instanceof WallError) throw unproved;
    // Where it failed, for want of a right say, this knows better why.
    await checkRoles(pool);
    if (unproved) throw unproved;
  } catch (error) {
    // What is an outage to a request is here what has to be mended: a role that was not granted, say.
    if (error instanceof WallError || (isUnavailable(error) && !isTakenAway(error))) throw error;
    throw new WallError(explainFailure(error), { cause: error });
  }
}

/** Tells of each new connection of requests': another server may be behind it. Returns what ends that. */
export function onNewConnection(db: Db, listener: () => void): () => void {
  const pool = requestPoolOf(db).on("connect", listener);
  return () => void pool.off("connect", listener);
}

async function checkRoles(pool: pg.Pool): Promise<void> {
  const request = statementsOf(pool, "nobody");
  for (const by of [undefined, "words", "tag"] as const) {
    const narrowing = by && ({ by, value: "" } as const);
    const could = (await request.run(breaches, { narrowing })).rows as { breach: string }[];
    if (could[0]) throw new WallError(`Requests could ${could[0].breach}.`);
    const mayNot = (await request.run(lacks(by !== undefined), { narrowing })).rows;
    const [missing] = mayNot as { lack: string }[];
    if (!missing) continue;
    throw new WallError(
      `Requests may not ${missing.lack}: start the web host as the owner of the tables, which sets these rights, or restore the dump with its roles made first (docs/guides/host-it.md).`,
    );
  }
}

/** Which database of which server this is, and whether it takes writes. */
const whichDatabase = `SELECT concat_ws(' ', (SELECT system_identifier FROM pg_control_system()),
  (SELECT oid FROM pg_database WHERE datname = current_database()), pg_is_in_recovery()) AS "which"`;

/** The login of requests must be one for the same database from which there is nothing to go back to. */
async function checkLogin(pool: pg.Pool, owners: pg.Pool): Promise<void> {
  const [its, ours] = await Promise.all(
    [pool, owners].map(async (each) => (await each.query(whichDatabase)).rows[0].which),
  );
  if (its !== ours) {
    throw new WallError("REQUEST_DATABASE_URL names another database than DATABASE_URL.");
  }
  const { rows } = await pool.query<{ breach: string }>(loginBreaches.text);
  if (rows[0]) {
    throw new WallError(
      `The login of REQUEST_DATABASE_URL is for requests alone, and could ${rows[0].breach}.`,
    );
  }
}

function explainFailure(error: unknown): string {
  if (sqlStateOf(error) === "42883") {
    return "The database has no row-level security yet: its migrations have not been applied.";
  }
  return `The database's user may not act as a request (${(error as Error).message}). Were the roles restored with the database? GRANT the roles taskbridge_request_…, taskbridge_words_… and taskbridge_tag_… to it.`;
}
