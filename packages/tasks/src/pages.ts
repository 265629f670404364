import type { DeletedTaskPage, DeletedTaskQuery, TaskPage, TaskQuery } from "@taskbridge/contract";
import { type OwnerScope, Prisma } from "@taskbridge/db";
import type { Cursors, PageQuery, Position } from "./cursor.ts";
import { restorable } from "./deleted.ts";
import { deletedColumns, listedColumns, toDeletedTask, toTask } from "./rows.ts";
import { after, lastDeletedFirst, orderBy, type Sort, sortOf } from "./sorts.ts";
import { findSought } from "./sought.ts";
import { deletedTaskTable, taskTable } from "./task-table.ts";
import { ownTurn } from "./thread.ts";

/** The most bytes of JSON that a page's items have, where not even less is said. */
export const PAGE_BYTES = 1024 * 1024;
/** More than any task has. A page needs room for one, and to see whether there is another. */
const LEAST_BYTES = 160 * 1024;
/** So many bytes of JSON take a millisecond or more to write. */
const LONG_BYTES = 256 * 1024;
/** The most bytes that JSON spells a UTF-16 unit with, and those of a task without its texts. */
const [UNIT_BYTES, REST_BYTES] = [6, 500];

interface List<Row, Item> {
  owner: string;
  query: PageQuery;
  sort: Sort<Row>;
  maxBytes: number;
  /** The rows after a position, or from the first on, of so many bytes of notes and one more. */
  find: (from: Position | undefined, limit: number, atMost: number) => Promise<Row[]>;
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

  async function page<Row extends Measured, Item>(list: List<Row, Item>) {
    const { owner, query, sort, find, toItem } = list;
    const maxBytes = Math.max(list.maxBytes, LEAST_BYTES);
    const { limit, cursor } = query;
    const listed = sort.rules === undefined ? query : { ...query, rules: sort.rules };
    const from = cursor === undefined ? undefined : cursors.decode(owner, listed, cursor);
    const rows = await find(from, limit + 1, maxBytes);
    const of = JSON.stringify([owner, query, maxBytes]);
    const known = made.get(rows);
    if (known?.of === of) return known.page as Page<Item>;

    const shown = rows.slice(0, limit);
    const most = shown.reduce((sum, row) => sum + mostBytes(row), 0);
    if (most > LONG_BYTES) await ownTurn();
    const items = most > maxBytes ? fitting(shown, toItem, maxBytes) : shown.map(toItem);
    const last = rows.length > items.length ? rows[items.length - 1] : undefined;
    const page: Page<Item> = {
      items,
      nextCursor: last
        ? cursors.encode(owner, listed, { value: sort.valueOf(last), id: last.id })
        : null,
    };
    made.set(rows, { of, page });
    return page;
  }

  return {
    /** Fewer than `limit` where their JSON would have more than `maxBytes`, but one at least. */
    list(scope: OwnerScope, query: TaskQuery, maxBytes = PAGE_BYTES): Promise<TaskPage> {
      const tasks = scope.rows(taskTable);
      const sort = sortOf(query);
      return page({
        owner: scope.userId,
        query,
        sort,
        maxBytes,
        find: (from, limit, atMost) =>
          findSought(tasks, { columns: listedColumns, query, sort, from, limit, atMost }),
        toItem: toTask,
      });
    },

    /** What can still be brought back, the last deleted first. */
    listDeleted(
      scope: OwnerScope,
      query: DeletedTaskQuery,
      maxBytes = PAGE_BYTES,
    ): Promise<DeletedTaskPage> {
      return page({
        owner: scope.userId,
        query,
        sort: lastDeletedFirst,
        maxBytes,
        find: (from, limit, atMost) =>
          scope.rows(deletedTaskTable).find({
            columns: deletedColumns,
            where: from
              ? Prisma.sql`${restorable(now())} AND ${after(lastDeletedFirst, from)}`
              : restorable(now()),
            orderBy: orderBy(lastDeletedFirst),
            limit,
            bytes: { column: "notes", atMost },
            brief: true,
          }),
        toItem: toDeletedTask,
      });
    },
  };
}

interface Measured {
  id: string;
  title: string;
  notes: string;
  tags: readonly string[];
}

/** The first items, so many as have room. */
function fitting<Row extends Measured, Item>(
  rows: readonly Row[],
  toItem: (row: Row) => Item,
  maxBytes: number,
): Item[] {
  const items: Item[] = [];
  let bytes = 0;
  for (const row of rows) {
    const item = toItem(row);
    bytes += Buffer.byteLength(JSON.stringify(item)) + 1;
    if (bytes > maxBytes && items.length > 0) break;
    items.push(item);
  }
  return items;
}

const mostBytes = ({ title, notes, tags }: Measured) =>
  tags.reduce(
    (sum, tag) => sum + REST_BYTES / 10 + tag.length * UNIT_BYTES,
    REST_BYTES + (title.length + notes.length) * UNIT_BYTES,
  );
