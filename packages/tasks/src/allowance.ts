import { DomainError } from "@taskbridge/contract";
import { type OwnerScope, Prisma } from "@taskbridge/db";
import { taskTable } from "./task-table.ts";

const { sql } = Prisma;

/** What may be added without counting again: a part of what there is room for, and never many. */
const LEASED_PART = 10;
const MOST_LEASED = 100;
/** For so long, since other processes add as well. */
const LEASE_MS = 60_000;
/** Of so many users is remembered what they may add. */
const MOST_USERS = 10_000;

/** What is known of a user in this process. */
interface Known {
  /** What may be added without counting, and until when. */
  left: number;
  until: number;
  /** What is being added, and is counted or not. */
  pending: number;
}

/**
 * Holds every user to so many tasks. Counting very many takes a while, so it is done once for a part of the
 * tasks that there is room for; near the limit, and for imports, each time. What is still being added counts
 * as if it were there: one process never lets in too many, however many come at once.
 */
export function createAllowance(max: number) {
  const users = new Map<string, Known>();

  function knownOf(userId: string): Known {
    const known = users.get(userId) ?? { left: 0, until: 0, pending: 0 };
    // The one asked for last comes last.
    users.delete(userId);
    users.set(userId, known);
    const [oldest] = users;
    if (users.size > MOST_USERS && oldest?.[1].pending === 0) users.delete(oldest[0]);
    return known;
  }

  async function assertRoom(scope: OwnerScope, known: Known, adding: number, before: number) {
    known.left = 0;
    const [counted] = await scope
      .rows(taskTable)
      .select<{ count: number }>(
        sql`SELECT count(*)::int AS "count" FROM (SELECT FROM "task" LIMIT ${max}) AS "own"`,
      );
    const room = max - (counted?.count ?? 0) - before;
    if (adding > room) throw tooMany(max);
    known.left = Math.min(MOST_LEASED, Math.floor((room - adding) / LEASED_PART));
    known.until = performance.now() + LEASE_MS;
  }

  /** Does the work that adds so many tasks, or throws `too_many_tasks`. */
  return async function adding<T>(
    scope: OwnerScope,
    count: number,
    add: () => Promise<T>,
  ): Promise<T> {
    const known = knownOf(scope.userId);
    const before = known.pending;
    known.pending += count;
    try {
      if (known.left >= count && performance.now() < known.until) known.left -= count;
      else await assertRoom(scope, known, count, before);
      return await add();
    } finally {
      known.pending -= count;
    }
  };
}

export type Adding = ReturnType<typeof createAllowance>;

const tooMany = (max: number) =>
  new DomainError(
    "too_many_tasks",
    `There may be ${max} tasks at most; delete some first. Nothing was added.`,
  );
