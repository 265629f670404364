import pg from "pg";
import { isEmbeddedUrl } from "./embedded-url.ts";
import { connectingTo } from "./server-client.ts";
import { cancelStatement, connectionLimitedTo } from "./statement-limit.ts";

export interface RevocationOptions {
  /** The pause between two looks at the database, in milliseconds (250). */
  pollMs?: number | undefined;
  /** How old the last look may be before `isRevoked` refuses to tell, in milliseconds (5 000). */
  staleAfterMs?: number | undefined;
  /** Told once of each outage, with the first failure. */
  onError?: ((error: unknown) => void) | undefined;
  /** Milliseconds of a clock that is never set back, as `performance.now`. */
  now?: (() => number) | undefined;
}

export interface RevocationFollower {
  /**
   * Whether a session ended in the last day: longer than a token lives, so that a host whose clock is set
   * back, and to which an old token seems to be good, refuses it too. Looks it up in memory. Throws
   * `RevocationsStaleError` when the database was out of reach for too long to be sure.
   */
  isRevoked(sessionId: string): boolean;
  /** Waits for the look under way and closes the connection; `isRevoked` goes stale from then on. */
  stop(): Promise<void>;
}

/** The revocations known here may lack some: the database was not reached within the bound. */
export class RevocationsStaleError extends Error {
  override readonly name = "RevocationsStaleError";
}

/** Every so often the latest rows are read again, and those that have expired are removed. */
const SWEEP_MS = 60_000;

/**
 * An embedded database answers nobody during a long statement, and meanwhile no session can end: there is
 * no other way to it. So long its thread may be silent before it is ended.
 */
const EMBEDDED_STALE_MS = 45_000;

/**
 * Why no row is missed, in whatever order transactions commit: a row has the number of the
 * transaction that wrote it. `pg_snapshot_xmin` is the lowest number that was still running when a
 * look took its snapshot, so whatever that look could not see has this number or a higher one, and
 * is asked for by the next look. (A sequence would not do: its values are handed out before the
 * commit, and a late one would be passed by.) Rows seen twice do no harm.
 */
const LOOK = `
  SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS horizon,
    coalesce(json_agg(json_build_array("sessionId",
      extract(epoch FROM "expiresAt" - clock_timestamp())::int)), '[]') AS ended
  FROM "revoked_session"
  WHERE "expiresAt" > clock_timestamp() AND ("transactionId" >= $1::bigint
    OR $2::boolean AND "revokedAt" > clock_timestamp() - interval '16 minutes')`;

const PURGE = `DELETE FROM "revoked_session" WHERE "expiresAt" <= clock_timestamp()`;

interface Seen {
  horizon: string;
  ended: [sessionId: string, secondsLeft: number][];
}

/**
 * Follows the sessions that end, in all processes that share the database at `url`: one small query
 * every `pollMs`, none per request. Resolves once it knows all there is to know, and rejects if the
 * database cannot be reached for that. It does not keep the process alive.
 *
 * It has a connection of its own, so that requests that use up a pool cannot make it go stale.
 */
export async function followRevocations(
  url: string,
  options: RevocationOptions = {},
): Promise<RevocationFollower> {
  const staleAfter = isEmbeddedUrl(url) ? EMBEDDED_STALE_MS : 5_000;
  const {
    pollMs = 250,
    staleAfterMs = staleAfter,
    onError,
    now = () => performance.now(),
  } = options;
  /**
   * Ended sessions, and until which second of `now` they are remembered: all of a day, some 10 000 to a
   * megabyte. Whole numbers, which a Map holds without a box around each.
   */
  const known = new Map<string, number>();
  const pool = openConnection(url, staleAfterMs / 2);
  let horizon = "0";
  let lastLook = Number.NEGATIVE_INFINITY;
  let lastSweep = Number.NEGATIVE_INFINITY;
  let failing = false;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;

  // Behind another connection there may be another server, which numbers transactions differently.
  pool.on("connect", (client) => {
    horizon = "0";
    // A connection can also be lost between two queries; the next one finds out. Unheard, the event
    // would end the process.
    client.on("error", () => {});
  });

  async function look(): Promise<void> {
    const client = await pool.connect();
    try {
      const startedAt = now();
      const sweeps = startedAt - lastSweep >= SWEEP_MS;
      const second = Math.ceil(startedAt / 1000);
      // The latest now and then, for proxies that change the server behind a connection that stays.
      const { rows } = await client.query<Seen>(LOOK, [horizon, sweeps]);
      for (const seen of rows) {
        for (const [sessionId, secondsLeft] of seen.ended)
          known.set(sessionId, second + secondsLeft);
        horizon = seen.horizon;
      }
      // What was known is known as of the look's beginning, not of its end.
      lastLook = startedAt;
      if (sweeps) {
        for (const [sessionId, until] of known) if (until < second) known.delete(sessionId);
        await client.query(PURGE);
        lastSweep = startedAt;
      }
      client.release();
    } catch (error) {
      // It may be at it still, behind a lock, and one more would join it at every look.
      cancelStatement(client);
      client.release(true);
      throw error;
    }
  }

  async function poll(): Promise<void> {
    try {
      await look();
      failing = false;
    } catch (error) {
      if (!failing) onError?.(error);
      failing = true;
    }
    schedule();
  }

  // The next look is planned when this one is done, so that they never overlap.
  let polling: Promise<void> = Promise.resolve();
  function schedule(): void {
    if (stopped) return;
    timer = setTimeout(() => {
      polling = poll();
    }, pollMs).unref();
  }

  async function stop(): Promise<void> {
    if (stopped) return;
    stopped = true;
    clearTimeout(timer);
    await polling;
    await pool.end();
  }

  try {
    await look();
  } catch (error) {
    await stop();
    throw error;
  }
  schedule();

  return {
    isRevoked(sessionId) {
      if (known.has(sessionId)) return true;
      if (now() - lastLook > staleAfterMs) {
        throw new RevocationsStaleError("The database was out of reach for too long.");
      }
      return false;
    },
    stop,
  };
}

/** One connection, made anew when it is lost. A server that does not answer counts as lost. */
function openConnection(url: string, timeoutMs: number): pg.Pool {
  const pool = new pg.Pool({
    ...connectingTo(url),
    max: 1,
    idleTimeoutMillis: 0,
    allowExitOnIdle: true,
    connectionTimeoutMillis: timeoutMs,
    query_timeout: timeoutMs,
    onConnect: (client) =>
      client.query(`SELECT ${connectionLimitedTo(client, timeoutMs)}`).then(() => {}),
  });
  // The next look finds out for itself.
  pool.on("error", () => {});
  return pool;
}
