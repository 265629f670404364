import { randomUUID } from "node:crypto";
import type pg from "pg";
import { Prisma } from "./generated/client.ts";
import { actAs, ownerIs } from "./owner.ts";
import { pipeline } from "./pipeline.ts";
import { SILENCE_MS } from "./silence.ts";
import { WallError } from "./wall-error.ts";

const { sql } = Prisma;

/** So many are taken from the pool at a time: requests want some as well. */
const AT_A_TIME = 4;
/** A pooler may choose a server for each statement anew. */
const TIMES = 3;

/**
 * Proves that a read arrives where the wall before it did. Something between may send each statement to
 * another server: pgpool-II does so, where it balances loads, with a packet that has no BEGIN. It picks
 * one for a connection, or a statement, by chance: so many new connections are tried, or where there are to
 * be none, a few of those that are there.
 */
export async function proveWay(pool: pg.Pool, newConnections: number): Promise<void> {
  let left = Math.max(newConnections, AT_A_TIME);
  const workers = Array.from({ length: AT_A_TIME }, async () => {
    while (left-- > 0) await proveConnection(pool, newConnections === 0);
  });
  await Promise.all(workers);
}

async function proveConnection(pool: pg.Pool, keep: boolean): Promise<void> {
  const client = await pool.connect();
  const onError = () => {};
  client.on("error", onError);
  let proved = false;
  try {
    for (let time = 0; time < TIMES; time += 1) await prove(client);
    proved = true;
  } finally {
    client.off("error", onError);
    client.release(!(keep && proved));
  }
}

/** In the form of a list: the wall's statement, then a read of tasks, in one packet, prepared where they are. */
async function prove(client: pg.ClientBase): Promise<void> {
  const nobody = `nobody ${randomUUID()}`;
  const tasks = sql`SELECT * FROM "task" WHERE ${ownerIs(nobody)} AND "deletedAt" IS NULL`;
  const read = sql`WITH "task" AS NOT MATERIALIZED (${tasks})
    SELECT current_user <> session_user AS "acts", current_setting('taskbridge.user_id', true) AS "whose",
      (SELECT "id" FROM "task" ORDER BY "id" DESC LIMIT 1) AS "id"`;
  const statements = [actAs(nobody, SILENCE_MS, { brief: true }), read];
  const results = await pipeline(client, statements, SILENCE_MS, { whole: true });
  const [row] = (results[1]?.rows ?? []) as { acts: boolean; whose: string | null }[];
  if (row?.acts && row.whose === nobody) return;
  throw new WallError(
    "Something between the app and the database sends a read elsewhere than the statement before it, which says whose rows it may see: name the server itself in DATABASE_URL, or switch the load balancing of the pooler off (pgpool-II: load_balance_mode = off).",
  );
}
