import type { Socket } from "node:net";
import { setTimeout } from "node:timers/promises";
import pg from "pg";
import { ServerClient, type ServerClientConfig } from "./server-client.ts";
import { cancelStatement } from "./statement-limit.ts";

/** How long a connection that is in use may say nothing. What waits for it is answered within 5 s. */
export const SILENCE_MS = 4_500;
/** A statement that may write all of a user's rows may take longer, while the database answers others. */
export const MASS_MS = 30_000;

/** After this long, and again after each answer, the database is asked whether it is still there. */
const ASK_AFTER_MS = 2_500;
const ANSWER_WITHIN_MS = 1_000;

/** What a server has to say is waited for so long after it was told to give up; its own limit came before. */
const LAST_WORD_MS = 150;

/**
 * Ends the connections of a pool that are in use and silent: Prisma waits for ever. First the server is
 * asked to give up what it is running, which answers the query. Only its end keeps a connection that
 * stays silent from being used again, in the middle of something.
 */
export function endSilent(pool: pg.Pool): void {
  pool.on("acquire", (client) => {
    const stream = streamOf(client);
    stream.removeAllListeners("timeout").once("timeout", () => {
      cancelStatement(client);
      stream.once("timeout", () => stream.destroy()).setTimeout(LAST_WORD_MS);
    });
    stream.setTimeout(SILENCE_MS - LAST_WORD_MS);
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
    stream.setTimeout(SILENCE_MS - LAST_WORD_MS);
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

/** Has the database answer on a new connection; a refusal, of one connection too many say, is an answer. */
async function ask(pool: pg.Pool): Promise<void> {
  const options = pool.options as unknown as ServerClientConfig;
  const client = new ServerClient({ ...options, connectionTimeoutMillis: ANSWER_WITHIN_MS });
  try {
    await client.connect();
    await client.query({ text: "SELECT 1", query_timeout: ANSWER_WITHIN_MS } as pg.QueryConfig);
  } catch (error) {
    if (!(error instanceof pg.DatabaseError)) throw error;
  } finally {
    // Not waited for: it may never come.
    void client.end().catch(() => {});
  }
}

/** pg's types leave it out. */
const streamOf = (client: pg.ClientBase) =>
  (client as unknown as { connection: { stream: Socket } }).connection.stream;
