import type pg from "pg";
import { isStatementTimeout } from "./driver-error.ts";
import { Prisma } from "./generated/client.ts";
import { actAs, type Narrowing } from "./owner.ts";
import { joinParty } from "./party.ts";
import { leavesUsable, pipeline, type Statement, type StatementResult } from "./pipeline.ts";
import { MASS_MS, SILENCE_MS, waitLonger } from "./silence.ts";
import { limitedTo } from "./statement-limit.ts";
import { turnsAt } from "./turns.ts";
import { within } from "./within.ts";

const { sql } = Prisma;

/** How long a request waits for a connection and for the answer to its first statement, together. */
const PATIENCE_MS = SILENCE_MS;
/** What is left for the answer where the connection took nearly all of it. */
const LEAST_MS = 1_000;
/** For a connection that is free, where the wait for one's turn took nearly all of that. */
const MOMENT_MS = 50;

interface Options {
  /** Helps a read to its rows where it can; which rows it reads is said by the statement. */
  narrowing?: Narrowing | undefined;
  /** It may have very many rows to write. */
  mass?: boolean;
  /** An index gives its rows at once, in order, however many there are. */
  brief?: boolean | undefined;
  /** A brief read, which may go to the database with others. */
  shared?: boolean;
}

/** A way to the database as one user. */
export interface Statements {
  run(statement: Prisma.Sql, options?: Options): Promise<StatementResult>;
}

/** Each statement as if in a transaction of its own, as this user. */
export const statementsOf = (pool: pg.Pool, userId: string): Statements => ({
  run: (statement, { shared, ...options } = {}) =>
    shared ? readTogether(pool, userId, statement) : runAlone(pool, userId, statement, options),
});

interface Alone extends Omit<Options, "shared"> {
  waitedMs?: number;
}

const runAlone = (
  pool: pg.Pool,
  userId: string,
  statement: Prisma.Sql,
  { mass, waitedMs = 0, ...help }: Alone,
) =>
  onConnection(pool, { userId, patienceMs: patienceAfter(waitedMs) }, async (send, left) => {
    const waitMs = mass ? MASS_MS : left;
    return lastOf(await send([actAs(userId, waitMs, help), statement], waitMs, { whole: true }));
  });

/** With the others of the user's that have not left yet. */
async function readTogether(pool: pg.Pool, userId: string, statement: Prisma.Sql) {
  const { party, at } = joinParty(pool, userId, statement, (leave) =>
    onConnection(pool, { userId, patienceMs: PATIENCE_MS }, (send, left) =>
      send([actAs(userId, left, { brief: true }), ...leave()], left, { whole: true }),
    ),
  );
  try {
    // The first result is the wall's.
    const { [at + 1]: result } = await party.results;
    if (!result) throw new Error("The database gave no result.");
    return result;
  } catch (error) {
    // Nobody suffers for another's statement; a connection that failed, or time that is over, is all's.
    const alone = party.statements.length === 1;
    if (alone || !leavesUsable(error) || isStatementTimeout(error)) throw error;
    return runAlone(pool, userId, statement, {
      brief: true,
      waitedMs: performance.now() - party.since,
    });
  }
}

/** What is left of a request's patience when some of it was spent before. */
const patienceAfter = (waitedMs: number) => Math.max(PATIENCE_MS - waitedMs, 2 * LEAST_MS);

/**
 * All statements in one transaction, as this user. It is undone where the work fails. `waitedMs` is how
 * much of its patience the request has spent before.
 */
export const inTransaction = <T>(
  pool: pg.Pool,
  userId: string,
  work: (statements: Statements) => Promise<T>,
  waitedMs = 0,
): Promise<T> =>
  onConnection(pool, { userId, patienceMs: patienceAfter(waitedMs) }, async (send, left) => {
    let limitMs = PATIENCE_MS;
    await send([sql`BEGIN`, actAs(userId, limitMs)], left);
    let done: T;
    try {
      done = await work({
        run: async (statement, { mass } = {}) => {
          const waitMs = mass ? MASS_MS : PATIENCE_MS;
          const limit = waitMs === limitMs ? [] : [sql`SELECT ${limitedTo(waitMs)}`];
          limitMs = waitMs;
          return lastOf(await send([...limit, statement], waitMs));
        },
      });
    } catch (error) {
      await send([sql`ROLLBACK`], LEAST_MS).catch(() => {});
      throw error;
    }
    const { command } = lastOf(await send([sql`COMMIT`], PATIENCE_MS));
    // So it answers where a statement had failed and nobody minded.
    if (command !== "COMMIT") throw new Error("The transaction was rolled back.");
    return done;
  });

/** A statement of the process itself, on many rows of any user; resolves with how many it wrote. */
export const runMass = (pool: pg.Pool, statement: Prisma.Sql): Promise<number> =>
  onConnection(pool, { patienceMs: PATIENCE_MS }, async (send) => {
    const limit = sql`SELECT ${limitedTo(MASS_MS)}`;
    return lastOf(await send([limit, statement], MASS_MS)).count;
  });

type Send = (
  statements: readonly Statement[],
  timeoutMs: number,
  options?: { whole: boolean },
) => Promise<StatementResult[]>;

interface Borrowing {
  /** Whose turn it has to be; the process's own statements wait for none. */
  userId?: string;
  /** How long all may take: to get a connection, and the first answer. */
  patienceMs: number;
}

/** Lends a connection when it is the user's turn, and says how much of the patience is left for the first answer. */
async function onConnection<T>(
  pool: pg.Pool,
  { userId, patienceMs }: Borrowing,
  use: (send: Send, leftMs: number) => Promise<T>,
): Promise<T> {
  const lateAt = performance.now() + patienceMs;
  const turn =
    userId === undefined ? undefined : turnsAt(pool).begin(userId, patienceMs - LEAST_MS);
  const end = turn instanceof Promise ? await turn : turn;
  try {
    return await onFreeConnection(pool, lateAt, use);
  } finally {
    end?.();
  }
}

async function onFreeConnection<T>(
  pool: pg.Pool,
  lateAt: number,
  use: (send: Send, leftMs: number) => Promise<T>,
): Promise<T> {
  const forConnecting = lateAt - performance.now() - LEAST_MS;
  const client = await connectWithin(pool, Math.max(forConnecting, MOMENT_MS));
  let spoilt: Error | undefined;
  const send: Send = async (statements, timeoutMs, options) => {
    if (spoilt) throw spoilt;
    try {
      const answer = pipeline(client, statements, timeoutMs, options);
      return await (timeoutMs > SILENCE_MS ? waitLonger(pool, client, answer) : answer);
    } catch (error) {
      if (!leavesUsable(error)) spoilt = error as Error;
      throw error;
    }
  };
  // While a connection is lent, its pool does not listen: unheard, its end would be the process's.
  const onError = (error: Error) => {
    spoilt ??= error;
  };
  client.on("error", onError);
  try {
    return await use(send, lateAt - performance.now());
  } finally {
    client.off("error", onError);
    client.release(spoilt);
  }
}

async function connectWithin(pool: pg.Pool, ms: number): Promise<pg.PoolClient> {
  const connecting = pool.connect();
  const client = await within(ms, connecting);
  if (client !== "late") return client;
  connecting.then(
    (unwanted) => unwanted.release(),
    () => {},
  );
  throw new Error("timeout exceeded when trying to connect");
}

function lastOf(results: StatementResult[]): StatementResult {
  const last = results.at(-1);
  if (!last) throw new Error("The database gave no result.");
  return last;
}
