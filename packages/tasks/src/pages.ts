import type { DeletedTaskPage, DeletedTaskQuery, TaskPage, TaskQuery } from "@taskbridge/contract";
import { type OwnedRows, type OwnerScope, Prisma } from "@taskbridge/db";
import type { Cursors, PageQuery } from "./cursor.ts";
import { restorable } from "./deleted.ts";
import { filterOf } from "./query.ts";
import { deletedColumns, listedColumns, toDeletedTask, toTask } from "./rows.ts";
import { after, lastDeletedFirst, orderBy, type Sort, sortOf } from "./sorts.ts";
import { deletedTaskTable, type TaskRecord, taskTable } from "./task-table.ts";

interface List<C extends keyof TaskRecord> {
  tasks: OwnedRows<TaskRecord>;
  columns: readonly C[];
  where: Prisma.Sql;
  sort: Sort<Pick<TaskRecord, C>>;
  query: PageQuery;
}

/** The lists of a user's tasks, page by page. */
export function createPages(cursors: Cursors, now: () => Date) {
  async function page<C extends keyof TaskRecord>(owner: string, list: List<C | "id">) {
    const { tasks, columns, sort, query } = list;
    const { limit, cursor } = query;
    const from = cursor === undefined ? undefined : cursors.decode(owner, query, cursor);
    const rows = await tasks.find({
      columns,
      where: from ? Prisma.sql`${list.where} AND ${after(sort, from)}` : list.where,
      orderBy: orderBy(sort),
      limit: limit + 1,
    });
    const last = rows.length > limit ? rows[limit - 1] : undefined;
    return {
      rows: rows.slice(0, limit),
      nextCursor: last
        ? cursors.encode(owner, query, { value: sort.valueOf(last), id: last.id })
        : null,
    };
  }

  return {
    async list(scope: OwnerScope, query: TaskQuery): Promise<TaskPage> {
      const { rows, nextCursor } = await page(scope.userId, {
        tasks: scope.rows(taskTable),
        columns: listedColumns,
        where: filterOf(query),
        sort: sortOf(query),
        query,
      });
      return { items: rows.map(toTask), nextCursor };
    },

    /** What can still be brought back, the last deleted first. */
    async listDeleted(scope: OwnerScope, query: DeletedTaskQuery): Promise<DeletedTaskPage> {
      const { rows, nextCursor } = await page(scope.userId, {
        tasks: scope.rows(deletedTaskTable),
        columns: deletedColumns,
        where: restorable(now()),
        sort: lastDeletedFirst,
        query,
      });
      return { items: rows.map(toDeletedTask), nextCursor };
    },
  };
}
