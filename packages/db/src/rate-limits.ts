import { createHash } from "node:crypto";
import { bareClient, type Db, poolOf } from "./client.ts";
import { Prisma } from "./generated/client.ts";
import { runMass } from "./statements.ts";

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
export const createSharedLimits = (db: Db): SharedLimits => ({
  async take(key, { max, windowSeconds }, amount = 1) {
    const hashed = createHash("sha256").update(key).digest("base64url");
    const [row] = await bareClient(db).$queryRaw<{ count: bigint; resetMs: number }[]>`
      INSERT INTO "rate_limit" AS "kept" ("key", "count", "resetAt")
      VALUES (${hashed}, ${amount}::bigint, now() + ${windowSeconds}::int * interval '1 second')
      ON CONFLICT ("key") DO UPDATE SET
        "count" = EXCLUDED."count" + CASE WHEN "kept"."resetAt" > now() THEN "kept"."count" ELSE 0 END,
        "resetAt" = CASE WHEN "kept"."resetAt" > now() THEN "kept"."resetAt" ELSE EXCLUDED."resetAt" END
      RETURNING "count", floor(extract(epoch FROM "resetAt" - now()) * 1000)::int AS "resetMs"`;
    if (!row) throw new Error("An insertion that updates on conflict has one row.");
    const left = max - Number(row.count);
    const granted = Math.min(amount, Math.max(0, left + amount));
    return { granted, left: Math.max(0, left), resetMs: row.resetMs };
  },
});

/** Removes the counts whose window is over, and says how many they were. */
export const purgeRateLimits = (db: Db): Promise<number> =>
  runMass(poolOf(db), Prisma.sql`DELETE FROM "rate_limit" WHERE "resetAt" <= now()`);
