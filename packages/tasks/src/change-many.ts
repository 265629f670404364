import type { ChangeMany, ChangeManyAnswer, ManyChange } from "@taskbridge/contract";
import { type OwnerScope, Prisma } from "@taskbridge/db";
import { validate as isUuid } from "uuid";
import type { Adding } from "./allowance.ts";
import { changeSet, tagSet } from "./changes.ts";
import { restorable } from "./deleted.ts";
import { deletedTaskTable, taskTable } from "./task-table.ts";

const { sql } = Prisma;

interface Options {
  now: Date;
  /** Holds the user to as many tasks as there may be. */
  adding: Adding;
}

/**
 * Makes one change to many tasks in one statement: to all of them that there are, whatever they were. To ask
 * again changes nothing more.
 */
export async function changeMany(
  scope: OwnerScope,
  { ids, change }: ChangeMany,
  { now, adding }: Options,
): Promise<ChangeManyAnswer> {
  const where = ofIds(ids);
  const columns = ["id"] as const;
  const back = {
    where: sql`${where} AND ${restorable(now)}`,
    set: { ...setOf(change, now), deletedAt: sql`NULL` },
    columns,
  };
  const rows =
    change.deleted === false
      ? await adding(scope, validIds(ids).length, () =>
          scope.rows(deletedTaskTable).updateReturning(back),
        )
      : await scope.rows(taskTable).updateReturning({ where, set: setOf(change, now), columns });
  const reached = new Set(rows.map(({ id }) => id));
  return { count: reached.size, missing: ids.filter((id) => !reached.has(id.toLowerCase())) };
}

/** What cannot be an id is none of them. */
export const ofIds = (ids: readonly string[]) => sql`"id" = ANY (${validIds(ids)}::uuid[])`;

const validIds = (ids: readonly string[]) => ids.filter(isUuid).map((id) => id.toLowerCase());

function setOf({ addTag, removeTag, deleted, ...changes }: ManyChange, now: Date) {
  const at = sql`${now.toISOString()}::timestamptz`;
  if (addTag !== undefined) return tagSet(addTag, true, now);
  if (removeTag !== undefined) return tagSet(removeTag, false, now);
  if (deleted === true) return { deletedAt: at };
  if (deleted === false) return { version: sql`"version" + 1`, updatedAt: at };
  return changeSet(changes, now);
}
