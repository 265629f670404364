import { type Db, poolOf } from "./client.ts";
import { Prisma } from "./generated/client.ts";
import { runMass } from "./statements.ts";

const { sql } = Prisma;

/** So many rows are read in about a millisecond. */
const FEW = 1_000;
/** How many users' one statement folds: none should hold its locks for long. */
const BATCH = 100;
/** Who writes all the while would never be done with; the rest is for the next time. */
const MOST_BATCHES = 100;

/**
 * Of rows of "task_delta": whether there are so many of writes that they should be folded. Those that are
 * folded already are written anew then, so there must be fewer of them: each write pays for one.
 */
export const worthFolding = sql`count(*) FILTER (WHERE NOT "folded")
  > count(*) FILTER (WHERE "folded") + ${FEW}`;

/**
 * Folds the rows of "task_delta" of all users who have many fresh ones, piece by piece, and says how many
 * pieces that were. Several processes may do it at once.
 */
export async function foldTaskDeltas(db: Db): Promise<number> {
  let pieces = 0;
  for (let batch = 0; batch < MOST_BATCHES; batch += 1) {
    const count = await runMass(
      poolOf(db),
      sql`SELECT FROM (
        SELECT "fold_task_deltas"("userId") AS "gone" FROM (
          SELECT "userId" FROM "task_delta" GROUP BY "userId" HAVING ${worthFolding} LIMIT ${BATCH}
        ) AS "many" OFFSET 0
      ) AS "done" WHERE "gone" > 0`,
    );
    pieces += count;
    // Of very many rows of one user others are left: who has them is met again.
    if (count === 0) break;
  }
  return pieces;
}
