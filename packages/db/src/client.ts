import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { isEmbeddedUrl } from "./embedded-url.ts";
import { PrismaClient } from "./generated/client.ts";
import { allowNames } from "./prepared.ts";
import { closeSpent, connectingTo } from "./server-client.ts";
import { endSilent, SILENCE_MS, trustLongStatements } from "./silence.ts";
import { connectionLimitedTo } from "./statement-limit.ts";
import { within } from "./within.ts";

/** Longer than a silent connection is waited for: whoever still has one then gets no answer any more. */
const FAREWELL_MS = 5_000;

export interface DbOptions {
  /** The most connections held open at a time. */
  poolSize?: number;
  /** How long to wait for a connection before a query fails, in milliseconds. */
  connectTimeoutMs?: number;
  /** Told of errors on idle connections (a server that restarts). The pool replaces them by itself. */
  onPoolError?: (error: Error) => void;
  /** Where the statements of requests go, as a login that owns nothing; as all others where it is not given. */
  requestUrl?: string | undefined;
}

/**
 * A database, and no way to its rows: `createScope` gives one to the rows of a user, and the client
 * that knows no owner is for Better Auth alone (`bareClient`).
 */
export interface Db {
  /** Closes its connections. What is under way is waited for, 5 s at most. */
  close(): Promise<void>;
}

interface Insides {
  pool: pg.Pool;
  requestPool: pg.Pool;
  client: PrismaClient;
}
const insides = new WeakMap<Db, Insides>();

function insidesOf(db: Db): Insides {
  const known = insides.get(db);
  if (!known) throw new TypeError("This is no database of createDb's.");
  return known;
}

/** The connections themselves: inside this package only. */
export const poolOf = (db: Db): pg.Pool => insidesOf(db).pool;

/** Those of requests, which are the same unless requests have a login of their own. */
export const requestPoolOf = (db: Db): pg.Pool => insidesOf(db).requestPool;

/** The Prisma client, which sees all rows of everybody. Lint lets nobody but Better Auth's package have it. */
export const bareClient = (db: Db): PrismaClient => insidesOf(db).client;

/** Opens the database at a `postgresql://` address, a server's or an embedded one's; it connects when it has to. */
export function createDb(url: string, options: DbOptions = {}): Db {
  const pool = openPool(url, options);
  const requestPool = options.requestUrl ? openPool(options.requestUrl, options) : pool;
  // The longer forms quote a query's arguments and our source.
  const client = new PrismaClient({ adapter: new PrismaPg(pool), errorFormat: "minimal" });
  const db: Db = Object.freeze({
    close: async () => {
      await client.$disconnect();
      const pools = [...new Set([pool, requestPool])].filter((each) => !each.ended);
      await Promise.all(pools.map((each) => within(FAREWELL_MS, each.end())));
    },
  });
  insides.set(db, { pool, requestPool, client });
  return db;
}

function openPool(url: string, options: DbOptions): pg.Pool {
  const { poolSize = 10, connectTimeoutMs = 3_500, onPoolError = () => {} } = options;
  const pool = new pg.Pool({
    ...connectingTo(url),
    max: poolSize,
    connectionTimeoutMillis: connectTimeoutMs,
    onConnect: (connected) => settle(connected, connectTimeoutMs),
  });
  endSilent(pool);
  if (isEmbeddedUrl(url)) trustLongStatements(pool);
  closeSpent(pool);
  // Unheard, the event would end the process.
  pool.on("error", onPoolError);
  return pool;
}

/**
 * Prisma's adapter writes instants without an offset and reads them without looking at it: in any other
 * time zone or style, which a server or a role may have as its default, it would shift them. Its
 * statements have a limit of time, as those of scopes have. And who answers says whether statements may
 * be prepared.
 */
async function settle(client: pg.ClientBase, timeoutMs: number): Promise<void> {
  const text = `SET TIME ZONE 'UTC'; SET datestyle TO 'ISO, YMD';
    SELECT pg_backend_pid() AS "pid", ${connectionLimitedTo(client, SILENCE_MS)}`;
  // A pooler lets us in although the server behind it is away.
  const answers: unknown = await client.query({ text, query_timeout: timeoutMs } as pg.QueryConfig);
  const [, , answered] = answers as pg.QueryResult<{ pid: number }>[];
  if (answered?.rows[0]) allowNames(client, answered.rows[0].pid);
}
