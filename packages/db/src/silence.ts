import type { Socket } from "node:net";
import { setTimeout } from "node:timers/promises";
import pg from "pg";

/** How long a connection that is in use may say nothing. What waits for it is answered within 5 s. */
export const SILENCE_MS = 4_500;
/** A statement that may write all of a user's rows may take longer, while the database answers others. */
export const MASS_MS = 30_000;

/** After this long, and again after each answer, the database is asked whether it is still there. */
const ASK_AFTER_MS = 2_500;
const ANSWER_WITHIN_MS = 1_000;

/**
 * Ends the connections of a pool that are in use and silent: Prisma waits for ever. Only their end keeps
 * them from being used again, in the middle of something.
 */
export function endSilent(pool: pg.Pool): void {
  pool.on("acquire", (client) => {
    const stream = streamOf(client);
    stream.removeAllListeners("timeout").once("timeout", () => stream.destroy());
    stream.setTimeout(SILENCE_MS);
  });
  pool.on("release", (_, client) => streamOf(client).setTimeout(0));
}

const oneAtATime = new WeakSet<pg.Pool>();

/** For a database that answers nobody else during a long statement, and whose end is noticed elsewhere. */
export const trustLongStatements = (pool: pg.Pool): void => void oneAtATime.add(pool);

/** Waits for an answer of a connection for longer, and ends it when the database answers nobody. */
export async function waitLonger<T>(
  pool: pg.Pool,
  client: pg.ClientBase,
  answer: Promise<T>,
): Promise<T> {
  const stream = streamOf(client);
  const over = new AbortController();
  stream.setTimeout(MASS_MS);
  if (!oneAtATime.has(pool)) {
    void askNowAndThen(pool, over.signal).catch(() => stream.destroy());
  }
  try {
    return await answer;
  } finally {
    over.abort();
    stream.setTimeout(SILENCE_MS);
  }
}

/** Rejects when the database does not answer, and resolves when nobody wants to know any more. */
async function askNowAndThen(pool: pg.Pool, over: AbortSignal): Promise<void> {
  while (await paused(ASK_AFTER_MS, over)) {
    await ask(pool).catch((error) => {
      if (!over.aborted) throw error;
    });
  }
}

/** Whether the pause was not cut short. */
const paused = (ms: number, signal: AbortSignal): Promise<boolean> =>
  setTimeout(ms, true, { signal }).catch(() => false);

/** Has the database answer on a new connection. */
async function ask(pool: pg.Pool): Promise<void> {
  const client = new pg.Client({ ...pool.options, connectionTimeoutMillis: ANSWER_WITHIN_MS });
  client.on("error", () => {});
  try {
    await client.connect();
    await client.query({ text: "SELECT 1", query_timeout: ANSWER_WITHIN_MS } as pg.QueryConfig);
  } finally {
    // Not waited for: it may never come.
    void client.end().catch(() => {});
  }
}

/** pg's types leave it out. */
const streamOf = (client: pg.ClientBase) =>
  (client as unknown as { connection: { stream: Socket } }).connection.stream;
