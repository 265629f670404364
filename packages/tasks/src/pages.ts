import type { DeletedTaskPage, DeletedTaskQuery, TaskPage, TaskQuery } from "@taskbridge/contract";
import { type OwnerScope, Prisma } from "@taskbridge/db";
import type { Cursors, PageQuery, Position } from "./cursor.ts";
import { restorable } from "./deleted.ts";
import { deletedColumns, listedColumns, toDeletedTask, toTask } from "./rows.ts";
import { after, lastDeletedFirst, orderBy, type Sort, sortOf } from "./sorts.ts";
import { findSought } from "./sought.ts";
import { deletedTaskTable, taskTable } from "./task-table.ts";

interface List<Row, Item> {
  owner: string;
  query: PageQuery;
  sort: Sort<Row>;
  /** The rows after a position, or from the first on. */
  find: (from: Position | undefined, limit: number) => Promise<Row[]>;
  toItem: (row: Row) => Item;
}

interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}

/** The lists of a user's tasks, page by page. */
export function createPages(cursors: Cursors, now: () => Date) {
  /** By its rows: reads of one moment that were one for the database have the same, and get one page. */
  const made = new WeakMap<readonly object[], { of: string; page: Page<unknown> }>();

  async function page<Row extends { id: string }, Item>(list: List<Row, Item>) {
    const { owner, query, sort, find, toItem } = list;
    const { limit, cursor } = query;
    const from = cursor === undefined ? undefined : cursors.decode(owner, query, cursor);
    const rows = await find(from, limit + 1);
    const of = JSON.stringify([owner, query]);
    const known = made.get(rows);
    if (known?.of === of) return known.page as Page<Item>;

    const last = rows.length > limit ? rows[limit - 1] : undefined;
    const page: Page<Item> = {
      items: rows.slice(0, limit).map((row) => toItem(row)),
      nextCursor: last
        ? cursors.encode(owner, query, { value: sort.valueOf(last), id: last.id })
        : null,
    };
    made.set(rows, { of, page });
    return page;
  }

  return {
    list(scope: OwnerScope, query: TaskQuery): Promise<TaskPage> {
      const tasks = scope.rows(taskTable);
      const sort = sortOf(query);
      return page({
        owner: scope.userId,
        query,
        sort,
        find: (from, limit) =>
          findSought(tasks, { columns: listedColumns, query, sort, from, limit }),
        toItem: toTask,
      });
    },

    /** What can still be brought back, the last deleted first. */
    listDeleted(scope: OwnerScope, query: DeletedTaskQuery): Promise<DeletedTaskPage> {
      return page({
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
        toItem: toDeletedTask,
      });
    },
  };
}
