import type {
  ChangeMany,
  SetCompleted,
  SetCompletedAnswer,
  Task,
  TaskCountsQuery,
  TaskCreate,
  TaskDelete,
  TaskImport,
  TaskUpdate,
} from "@taskbridge/contract";
import { DomainError } from "@taskbridge/contract";
import { isForeignKeyViolation, type OwnerScope, Prisma } from "@taskbridge/db";
import { validate as isUuid } from "uuid";
import { createAllowance } from "./allowance.ts";
import { changeMany, ofIds } from "./change-many.ts";
import { changeSet } from "./changes.ts";
import { countTasks } from "./counts.ts";
import { createCursors } from "./cursor.ts";
import { restorable } from "./deleted.ts";
import { newRow } from "./new-row.ts";
import { createPages } from "./pages.ts";
import { taskColumns, toTask } from "./rows.ts";
import { deletedTaskTable, taskTable } from "./task-table.ts";
import { exportTasks } from "./transfer/export.ts";
import { importTasks } from "./transfer/import.ts";

const { sql } = Prisma;

export interface TaskServiceOptions {
  /** At least 32 secret bytes that sign the cursors of lists. */
  cursorKey: Uint8Array;
  /** Keys whose cursors are still accepted. */
  previousCursorKeys?: readonly Uint8Array[] | undefined;
  /** How many tasks a user may have. */
  maxTasks?: number | undefined;
  now?: () => Date;
}

export const MAX_TASKS_PER_USER = 100_000;

/**
 * The task service: each function takes (scope, input), the scope standing for a verified user whose
 * rows alone can be reached, and throws `DomainError` for what the caller can mend. Every write is
 * one statement that names what it depends on, so there is nothing between a check and a write.
 */
export function createTaskService(options: TaskServiceOptions) {
  const { now = () => new Date(), maxTasks = MAX_TASKS_PER_USER } = options;
  const adding = createAllowance(maxTasks);

  return {
    ...createPages(createCursors(options.cursorKey, options.previousCursorKeys), now),

    async get(scope: OwnerScope, { id }: { id: string }): Promise<Task> {
      const where = ofId(id);
      const [row] = await scope.rows(taskTable).find({ columns: taskColumns, where, brief: true });
      if (!row) throw notFound();
      return toTask(row);
    },

    /** Those of these ids that there are, in any order. */
    async getMany(scope: OwnerScope, ids: readonly string[]): Promise<Task[]> {
      const where = sql`"id" = ANY (${ids}::uuid[])`;
      return (await scope.rows(taskTable).find({ columns: taskColumns, where })).map(toTask);
    },

    async create(scope: OwnerScope, input: TaskCreate): Promise<Task> {
      const at = now();
      const row = newRow(input, { now: at, completedAt: input.completed ? at : null });
      return toTask(
        await adding(scope, 1, () =>
          keepingOwner(() => scope.rows(taskTable).insertReturning(row, taskColumns)),
        ),
      );
    },

    async update(scope: OwnerScope, { id, version, ...changes }: TaskUpdate): Promise<Task> {
      const [row] = await scope.rows(taskTable).updateReturning({
        where: ofVersion(id, version),
        set: changeSet(changes, now()),
        columns: taskColumns,
        one: true,
      });
      if (!row) throw await whyNot(scope, id, version);
      return toTask(row);
    },

    /** Can be undone for 30 days; until then the task keeps its version. */
    async delete(scope: OwnerScope, { id, version }: TaskDelete): Promise<{ id: string }> {
      const where = ofVersion(id, version);
      const count = await scope
        .rows(taskTable)
        .update({ where, set: { deletedAt: instant(now()) }, one: true });
      if (count === 0) throw await whyNot(scope, id, version);
      return { id: canonicalId(id) };
    },

    /** Brings a deleted task back. One that is not deleted is no deleted task: there is none. */
    async restore(scope: OwnerScope, { id }: { id: string }): Promise<Task> {
      const at = now();
      const where = sql`${ofId(id)} AND ${restorable(at)}`;
      const [row] = await adding(scope, 1, () =>
        scope.rows(deletedTaskTable).updateReturning({
          where,
          set: { deletedAt: sql`NULL`, version: sql`"version" + 1`, updatedAt: instant(at) },
          columns: taskColumns,
          one: true,
        }),
      );
      if (!row) throw notFound();
      return toTask(row);
    },

    /** Those already as asked for are answered as they are, unchanged. */
    async setCompleted(
      scope: OwnerScope,
      { ids, completed }: SetCompleted,
    ): Promise<SetCompletedAnswer> {
      const rows = await scope.rows(taskTable).updateReturning({
        where: ofIds(ids),
        set: changeSet({ completed }, now()),
        columns: taskColumns,
      });
      const found = new Map(rows.map((row) => [row.id, toTask(row)]));
      const reached = (id: string) => found.get(id.toLowerCase()) ?? [];
      return {
        items: ids.flatMap(reached),
        missing: ids.filter((id) => !found.has(id.toLowerCase())),
      };
    },

    changeMany: (scope: OwnerScope, input: ChangeMany) =>
      changeMany(scope, input, { now: now(), adding }),

    /** Deletes, so that they can be brought back, all tasks that are completed. */
    async clearCompleted(scope: OwnerScope): Promise<{ count: number }> {
      const set = { deletedAt: instant(now()) };
      return {
        count: await scope.rows(taskTable).update({ where: sql`"completedAt" IS NOT NULL`, set }),
      };
    },

    /** All of them, or none. */
    import: (scope: OwnerScope, input: TaskImport) =>
      importTasks(input, {
        now: now(),
        insert: (rows) =>
          adding(scope, rows.length, () => keepingOwner(() => scope.rows(taskTable).insert(rows))),
      }),

    export: exportTasks,

    counts: (scope: OwnerScope, query: TaskCountsQuery) => countTasks(scope, query, now()),
  };
}

/** By a name of its own: the types that callers elsewhere get would spell out all that is in it. */
export interface TaskService extends ReturnType<typeof createTaskService> {}

/** The only key a task refers to is its owner: the account was deleted, its token lives on. */
async function keepingOwner<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    throw isForeignKeyViolation(error) ? ownerGone() : error;
  }
}

const instant = (at: Date) => sql`${at.toISOString()}::timestamptz`;

const ofId = (id: string) => sql`"id" = ${canonicalId(id)}::uuid`;
const ofVersion = (id: string, version: number | undefined) =>
  version === undefined ? ofId(id) : sql`${ofId(id)} AND "version" = ${version}::int`;

/** Why a write reached no row: there is none, or it has another version than the one named. */
async function whyNot(scope: OwnerScope, id: string, version: number | undefined) {
  if (version === undefined) return notFound();
  const [row] = await scope.rows(taskTable).find({ columns: ["id"], where: ofId(id) });
  return row ? versionMismatch() : notFound();
}

/** One spelling of an id; what cannot be an id is a task that does not exist. */
function canonicalId(id: string): string {
  if (!isUuid(id)) throw notFound();
  return id.toLowerCase();
}

const notFound = () => new DomainError("task_not_found", "There is no such task.");
const versionMismatch = () =>
  new DomainError("version_mismatch", "It has changed since the version you named.");
const ownerGone = () => new DomainError("owner_gone", "The account of this token was deleted.");
