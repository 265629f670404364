import type pg from "pg";
import { MigrationError } from "./migration-error.ts";
import { clientOf } from "./server-client.ts";

/** "taskbrdg" read as a number: a key for PostgreSQL's advisory locks that nobody else picks. */
const startKey = "8386110886190933095";
/** The next one, for each migration's transaction. */
const scriptKey = "8386110886190933096";

/** Whatever limits the role has: others wait for this transaction, and it may wait for long itself. */
export const BEGIN_WITHOUT_LIMITS =
  "BEGIN; SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0";

/** Callers in this process go one after the other. */
let turn: Promise<unknown> = Promise.resolve();

/** PGlite is one process's, and has one backend: a transaction would keep it from the work. */
const embedded = new WeakSet<pg.Client>();

/**
 * Lets one caller at a time look at the history and change it, over a connection that it is given: a
 * migration that is under way would look to another like one that failed.
 */
export function holdingLock<T>(
  url: string,
  timeoutMs: number,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const locked = () =>
    connectTo(url, async (client) => {
      const { rows } = await client.query("SELECT version() ~ 'wasm' AS embedded");
      if (rows[0].embedded) {
        embedded.add(client);
        return await work(client);
      }
      return await connectTo(url, async (holder) => {
        await holder.query(BEGIN_WITHOUT_LIMITS);
        await lock(holder, startKey, timeoutMs);
        // Whoever was killed has let go of that, and the server may still be at its script. Not kept:
        // each migration's transaction takes it.
        await lock(client, scriptKey, timeoutMs);
        const result = await work(client);
        await holder.query("COMMIT");
        return result;
      });
    });
  const mine = turn.then(locked);
  turn = mine.catch(() => {});
  return mine;
}

/** In a migration's transaction: whoever comes next waits for its end, should this process die. */
export async function lockForScript(client: pg.Client): Promise<void> {
  if (!embedded.has(client)) await client.query(lockText(scriptKey));
}

/** Lends a connection to the database at `url`. */
export async function connectTo<T>(
  url: string,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = clientOf(url, { connectionTimeoutMillis: 5_000 });
  client.on("error", () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** A transaction's, because a pooler may give each transaction another connection. */
const lockText = (key: string) => `SELECT pg_advisory_xact_lock(${key})`;

async function lock(client: pg.Client, key: string, timeoutMs: number): Promise<void> {
  const config = { text: lockText(key), query_timeout: timeoutMs };
  await client.query(config).catch((error: Error) => {
    if (error.message !== "Query read timeout") throw error;
    throw new MigrationError("Another process has been migrating this database for too long.");
  });
}
