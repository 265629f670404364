import { type Db, poolOf } from "./client.ts";
import { Prisma } from "./generated/client.ts";
import { runMass } from "./statements.ts";

const { sql } = Prisma;

/** For how many days a deleted task can be brought back. */
export const DELETED_TASK_DAYS = 30;

/** How many rows one statement removes: none should hold its locks for long. */
const BATCH = 1_000;

/** Tasks deleted at this time or before it are gone for good, even where their rows still exist. */
export const deletedForGood = (now: Date): Date =>
  new Date(now.getTime() - DELETED_TASK_DAYS * 86_400_000);

/**
 * Removes the tasks of all users that can no longer be brought back, with what their days and tags have
 * left behind in "task_delta", and says how many. Several processes may do it at once.
 */
export async function purgeDeletedTasks(db: Db, now: Date): Promise<number> {
  const before = deletedForGood(now);
  let purged = 0;
  for (;;) {
    const count = await runMass(
      poolOf(db),
      sql`WITH "purged" AS (
          DELETE FROM "task" WHERE "id" IN (
            SELECT "id" FROM "task" WHERE "deletedAt" <= ${before}
            LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)
          RETURNING "userId")
        SELECT CASE row_number() OVER (PARTITION BY "userId") WHEN 1 THEN "fold_task_deltas"("userId") END
        FROM "purged"`,
    );
    purged += count;
    if (count < BATCH) return purged;
  }
}
