import type pg from "pg";
import { Prisma } from "./generated/client.ts";
import { actAs, type Narrowing } from "./owner.ts";
import { leavesUsable, pipeline, type StatementResult } from "./pipeline.ts";

const { sql } = Prisma;

/** How long a request waits for a connection and for the answer to one statement, together. */
const PATIENCE_MS = 5_000;
/** What is left for the answer where the connection took nearly all of it. */
const LEAST_MS = 1_000;
/** A statement that may write all of a user's rows may take longer. */
const MASS_MS = 30_000;

interface Options {
  /** Helps a read to its rows where it can; which rows it reads is said by the statement. */
  narrowing?: Narrowing | undefined;
  /** It may have very many rows to write. */
  mass?: boolean;
}

/** A way to the database as one user. */
export interface Statements {
  run(statement: Prisma.Sql, options?: Options): Promise<StatementResult>;
}

/** Each statement in a transaction of its own, as this user. */
export const statementsOf = (pool: pg.Pool, userId: string): Statements => ({
  run: (statement, { narrowing, mass } = {}) => {
    const begun = performance.now();
    return onConnection(pool, async (send) => {
      const left = PATIENCE_MS - (performance.now() - begun);
      return lastOf(
        await send(
          [actAs(userId, narrowing), statement],
          mass ? MASS_MS : Math.max(left, LEAST_MS),
        ),
      );
    });
  },
});

/** All statements in one transaction, as this user. It is undone where the work fails. */
export const inTransaction = <T>(
  pool: pg.Pool,
  userId: string,
  work: (statements: Statements) => Promise<T>,
): Promise<T> =>
  onConnection(pool, async (send) => {
    await send([sql`BEGIN`, actAs(userId)], PATIENCE_MS);
    let done: T;
    try {
      done = await work({
        run: async (statement, { mass } = {}) =>
          lastOf(await send([statement], mass ? MASS_MS : PATIENCE_MS)),
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

type Send = (statements: readonly Prisma.Sql[], timeoutMs: number) => Promise<StatementResult[]>;

async function onConnection<T>(pool: pg.Pool, use: (send: Send) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let spoilt: Error | undefined;
  const send: Send = async (statements, timeoutMs) => {
    if (spoilt) throw spoilt;
    try {
      return await pipeline(client, statements, timeoutMs);
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
    return await use(send);
  } finally {
    client.off("error", onError);
    client.release(spoilt);
  }
}

function lastOf(results: StatementResult[]): StatementResult {
  const last = results.at(-1);
  if (!last) throw new Error("The database gave no result.");
  return last;
}
