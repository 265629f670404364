import { type Db, poolOf } from "./client.ts";
import { Prisma } from "./generated/client.ts";
import { runMass } from "./statements.ts";

/** How many rows one statement removes: none should hold its locks for long. */
const BATCH = 1_000;

/**
 * Removes the sessions whose end has come, by the database's clock, and says how many. They are revoked by
 * it, so that a host whose clock is set back takes no token of theirs. Several processes may do it at once.
 */
export async function purgeEndedSessions(db: Db): Promise<number> {
  let purged = 0;
  for (;;) {
    const count = await runMass(
      poolOf(db),
      Prisma.sql`DELETE FROM "session" WHERE "id" IN (
        SELECT "id" FROM "session" WHERE "expiresAt" <= clock_timestamp()
        LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)`,
    );
    purged += count;
    if (count < BATCH) return purged;
  }
}
