import { createHash } from "node:crypto";
import { bareClient, type Db, poolOf } from "./client.ts";
import { Prisma } from "./generated/client.ts";
import { runMass } from "./statements.ts";
import { isStorageFull } from "./unavailable.ts";

/** So much in so long. */
export interface Limit {
  max: number;
  windowSeconds: number;
}

export interface Taken {
  /** How many of those asked for are within the limit: all, some or none. */
  granted: number;
  /** How many are left to whoever asks next. */
  left: number;
  /** Until the count begins anew, in milliseconds. */
  resetMs: number;
}

/** Counts against limits that all processes on one database share. */
export interface SharedLimits {
  /** Takes `amount` (1) from what `key` may still do in its window, which the first of them opens. */
  take(key: string, limit: Limit, amount?: number): Promise<Taken>;
}

/**
 * One statement counts and tells: whoever comes at the same moment waits for the row and sees the
 * count of those before, in whatever process. Keys are hashed, because they hold addresses and are as
 * long as a client makes them.
 *
 * The window is fixed: around its end twice the limit may pass in a short time, but never more than
 * the limit between two ends.
 */
export function createSharedLimits(db: Db): SharedLimits {
  const here = new Map<string, Window>();
  return {
    take: (key, limit, amount = 1) =>
      takeShared(db, key, limit, amount).catch((error) => {
        if (!isStorageFull(error)) throw error;
        return takeHere(here, key, limit, amount);
      }),
  };
}

async function takeShared(
  db: Db,
  key: string,
  { max, windowSeconds }: Limit,
  amount: number,
): Promise<Taken> {
  const hashed = createHash("sha256").update(key).digest("base64url");
  const [row] = await bareClient(db).$queryRaw<{ count: bigint; resetMs: number }[]>`
      INSERT INTO "rate_limit" AS "kept" ("key", "count", "resetAt")
      VALUES (${hashed}, ${amount}::bigint, now() + ${windowSeconds}::int * interval '1 second')
      ON CONFLICT ("key") DO UPDATE SET
        "count" = EXCLUDED."count" + CASE WHEN "kept"."resetAt" > now() THEN "kept"."count" ELSE 0 END,
        "resetAt" = CASE WHEN "kept"."resetAt" > now() THEN "kept"."resetAt" ELSE EXCLUDED."resetAt" END
      RETURNING "count", floor(extract(epoch FROM "resetAt" - now()) * 1000)::int AS "resetMs"`;
  if (!row) throw new Error("An insertion that updates on conflict has one row.");
  // Who asked first and waited for the row counts from then, which is before the window was opened.
  const resetMs = Math.min(row.resetMs, windowSeconds * 1000);
  return takenOf(Number(row.count), resetMs, max, amount);
}

interface Window {
  count: number;
  endsAt: number;
}

/** How many keys are counted in memory at most. */
const MAX_KEYS = 10_000;

/** Counts in this process alone, where the database has no room left to count: reads still can be answered. */
function takeHere(
  windows: Map<string, Window>,
  key: string,
  { max, windowSeconds }: Limit,
  amount: number,
): Taken {
  const now = performance.now();
  const known = windows.get(key);
  const open = known && known.endsAt > now;
  const window = open ? known : { count: 0, endsAt: now + windowSeconds * 1000 };
  window.count += amount;
  // The latest is the last, and the oldest is forgotten first.
  windows.delete(key);
  windows.set(key, window);
  for (const oldest of windows.keys()) {
    if (windows.size <= MAX_KEYS) break;
    windows.delete(oldest);
  }
  return takenOf(window.count, Math.floor(window.endsAt - now), max, amount);
}

function takenOf(count: number, resetMs: number, max: number, amount: number): Taken {
  const left = max - count;
  const granted = Math.min(amount, Math.max(0, left + amount));
  return { granted, left: Math.max(0, left), resetMs };
}

/** Removes the counts whose window is over, and says how many they were. */
export const purgeRateLimits = (db: Db): Promise<number> =>
  runMass(poolOf(db), Prisma.sql`DELETE FROM "rate_limit" WHERE "resetAt" <= now()`);
