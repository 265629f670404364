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
export const purgeDeletedTasks = (db: Db, now: Date): Promise<number> =>
  purge(db, sql`SELECT "id" FROM "task" WHERE "deletedAt" <= ${deletedForGood(now)}`);

/** The same of those that were deleted first, where a user has more deleted tasks than so many. */
export const purgeExcessDeletedTasks = (db: Db, most: number): Promise<number> =>
  purge(
    db,
    sql`SELECT "task"."id" FROM (
        SELECT "userId" FROM "task" WHERE "deletedAt" IS NOT NULL GROUP BY "userId" HAVING count(*) > ${most}
      ) AS "many", LATERAL (
        SELECT "id" FROM "task" WHERE "userId" = "many"."userId" AND "deletedAt" IS NOT NULL
        ORDER BY "deletedAt" DESC, "id" DESC OFFSET ${most} LIMIT ${BATCH}
      ) AS "excess" JOIN "task" USING ("id")`,
  );

async function purge(db: Db, which: Prisma.Sql): Promise<number> {
  let purged = 0;
  for (;;) {
    const count = await runMass(
      poolOf(db),
      sql`WITH "purged" AS (
          DELETE FROM "task" WHERE "id" IN (${which} LIMIT ${BATCH} FOR UPDATE OF "task" SKIP LOCKED)
          RETURNING "userId")
        SELECT CASE row_number() OVER (PARTITION BY "userId") WHEN 1 THEN "fold_task_deltas"("userId") END
        FROM "purged"`,
    );
    purged += count;
    if (count < BATCH) return purged;
  }
}
