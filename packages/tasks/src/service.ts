import type {
  Task,
  TaskChanges,
  TaskCreate,
  TaskDelete,
  TaskPage,
  TaskQuery,
  TaskUpdate,
} from "@taskbridge/contract";
import { DomainError } from "@taskbridge/contract";
import { isForeignKeyViolation, type OwnerScope } from "@taskbridge/db";
import { validate as isUuid, v7 as uuidv7 } from "uuid";
import { createCursors } from "./cursor.ts";
import { afterPosition, filterOf, orderOf, sorts } from "./query.ts";
import { derivedColumns, fromDay, type TaskRow, taskColumns, toTask } from "./rows.ts";

export interface TaskServiceOptions {
  /** At least 32 secret bytes that sign the cursors of lists. */
  cursorKey: Uint8Array;
  /** Keys whose cursors are still accepted. */
  previousCursorKeys?: readonly Uint8Array[] | undefined;
  now?: () => Date;
}

/**
 * The task service: each function takes (scope, input), the scope standing for a verified user whose
 * rows alone can be reached, and throws `DomainError` for what the caller can mend.
 */
export function createTaskService(options: TaskServiceOptions) {
  const { now = () => new Date() } = options;
  const cursors = createCursors(options.cursorKey, options.previousCursorKeys);

  return {
    async list(scope: OwnerScope, query: TaskQuery): Promise<TaskPage> {
      const order = orderOf(query);
      const sort = sorts[query.sort];
      const filters = [filterOf(query)];
      if (query.cursor !== undefined) {
        filters.push(afterPosition(query, cursors.decode(scope.userId, query, query.cursor)));
      }
      const rows = await scope.task.findMany({
        where: { AND: filters },
        orderBy: [sort.orderBy(order), { id: order }],
        take: query.limit + 1,
        select: taskColumns,
      });
      const page = rows.slice(0, query.limit);
      const last = rows.length > query.limit ? page.at(-1) : undefined;
      return {
        items: page.map(toTask),
        nextCursor: last
          ? cursors.encode(scope.userId, query, { value: sort.valueOf(last), id: last.id })
          : null,
      };
    },

    async get(scope: OwnerScope, { id }: { id: string }): Promise<Task> {
      return toTask(await find(scope, id));
    },

    async create(scope: OwnerScope, input: TaskCreate): Promise<Task> {
      const at = now();
      const data = {
        id: uuidv7(),
        title: input.title,
        ...derivedColumns(input),
        notes: input.notes,
        completedAt: input.completed ? at : null,
        dueDate: input.dueDate === null ? null : fromDay(input.dueDate),
        priority: input.priority,
        tags: input.tags,
        createdAt: at,
        updatedAt: at,
      };
      try {
        return toTask(await scope.task.create({ data, select: taskColumns }));
      } catch (error) {
        // The only key a task refers to is its owner: the account was deleted, its token lives on.
        if (isForeignKeyViolation(error)) throw ownerGone();
        throw error;
      }
    },

    /** Changes one task. The write names the version it was made for, so no edit is lost unseen. */
    async update(scope: OwnerScope, { id, version, ...changes }: TaskUpdate): Promise<Task> {
      for (;;) {
        const current = await find(scope, id);
        if (version !== undefined && version !== current.version) throw versionMismatch();
        const data = changedColumns(current, changes, now());
        if (!data) return toTask(current);
        const [row] = await scope.task.updateManyAndReturn({
          where: { id: current.id, version: current.version },
          data,
          select: taskColumns,
        });
        if (row) return toTask(row);
        // Somebody else was quicker: look again, and say so if the caller named a version.
      }
    },

    async delete(scope: OwnerScope, { id, version }: TaskDelete): Promise<{ id: string }> {
      const taskId = canonicalId(id);
      const { count } = await scope.task.deleteMany({ where: { id: taskId, version } });
      if (count > 0) return { id: taskId };
      await find(scope, taskId);
      throw versionMismatch();
    },
  };
}
export type TaskService = ReturnType<typeof createTaskService>;

async function find(scope: OwnerScope, id: string): Promise<TaskRow> {
  const row = await scope.task.findFirst({ where: { id: canonicalId(id) }, select: taskColumns });
  if (!row) throw notFound();
  return row;
}

/** The columns to write for a change, or undefined where it changes nothing. */
function changedColumns(current: TaskRow, changes: TaskChanges, at: Date) {
  const before = toTask(current);
  const given = Object.entries(changes).filter(([, value]) => value !== undefined);
  const after: Task = { ...before, ...Object.fromEntries(given) };
  if (JSON.stringify(after) === JSON.stringify(before)) return undefined;
  return {
    title: after.title,
    ...derivedColumns(after),
    notes: after.notes,
    completedAt: after.completed ? (current.completedAt ?? at) : null,
    dueDate: after.dueDate === null ? null : fromDay(after.dueDate),
    priority: after.priority,
    tags: after.tags,
    version: current.version + 1,
    updatedAt: at,
  };
}

/** One spelling of an id; what cannot be an id is a task that does not exist. */
function canonicalId(id: string): string {
  if (!isUuid(id)) throw notFound();
  return id.toLowerCase();
}

const notFound = () => new DomainError("task_not_found", "There is no such task.");
const versionMismatch = () =>
  new DomainError("version_mismatch", "The task has changed since the version you named.");
const ownerGone = () => new DomainError("owner_gone", "The account of this token was deleted.");
