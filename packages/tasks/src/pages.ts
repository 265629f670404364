import type { DeletedTaskPage, DeletedTaskQuery, TaskPage, TaskQuery } from "@taskbridge/contract";
import { type OwnerScope, Prisma } from "@taskbridge/db";
import type { Cursors, PageQuery, Position } from "./cursor.ts";
import { restorable } from "./deleted.ts";
import { deletedColumns, listedColumns, toDeletedTask, toTask } from "./rows.ts";
import { after, lastDeletedFirst, orderBy, type Sort, sortOf } from "./sorts.ts";
import { findSought } from "./sought.ts";
import { deletedTaskTable, taskTable } from "./task-table.ts";

interface List<Row> {
  owner: string;
  query: PageQuery;
  sort: Sort<Row>;
  /** The rows after a position, or from the first on. */
  find: (from: Position | undefined, limit: number) => Promise<Row[]>;
}

/** The lists of a user's tasks, page by page. */
export function createPages(cursors: Cursors, now: () => Date) {
  async function page<Row extends { id: string }>({ owner, query, sort, find }: List<Row>) {
    const { limit, cursor } = query;
    const from = cursor === undefined ? undefined : cursors.decode(owner, query, cursor);
    const rows = await find(from, limit + 1);
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
      const tasks = scope.rows(taskTable);
      const sort = sortOf(query);
      const { rows, nextCursor } = await page({
        owner: scope.userId,
        query,
        sort,
        find: (from, limit) =>
          findSought(tasks, { columns: listedColumns, query, sort, from, limit }),
      });
      return { items: rows.map(toTask), nextCursor };
    },

    /** What can still be brought back, the last deleted first. */
    async listDeleted(scope: OwnerScope, query: DeletedTaskQuery): Promise<DeletedTaskPage> {
      const { rows, nextCursor } = await page({
        owner: scope.userId,
        query,
        sort: lastDeletedFirst,
        find: (from, limit) =>
          scope.rows(deletedTaskTable).find({
            columns: deletedColumns,
            where: from
              ? Prisma.sql`${restorable(now())} AND ${after(lastDeletedFirst, from)}`
              : restorable(now()),
            orderBy: orderBy(lastDeletedFirst),
            limit,
            brief: true,
          }),
      });
      return { items: rows.map(toDeletedTask), nextCursor };
    },
  };
}
