import type { TaskQuery } from "@taskbridge/contract";
import { prioritySchema } from "@taskbridge/contract";
import type { TaskOrderBy, TaskWhere as Where } from "@taskbridge/db";
import type { Position } from "./cursor.ts";
import { fold, fromDay, type TaskRow, titleSortKey, toDay } from "./rows.ts";

type Order = "asc" | "desc";

/** Which tasks a query asks for, the owner aside: the scope adds that. */
export function filterOf(query: TaskQuery): Where {
  const and: Where[] = [];
  if (query.status === "open") and.push({ completedAt: null });
  if (query.status === "completed") and.push({ completedAt: { not: null } });
  if (query.priority) and.push({ priority: query.priority });
  if (query.tag) and.push({ tags: { has: query.tag } });
  if (query.dueBefore) and.push({ dueDate: { lt: fromDay(query.dueBefore) } });
  if (query.dueAfter) and.push({ dueDate: { gt: fromDay(query.dueAfter) } });
  for (const word of fold(query.q ?? "")
    .split(/\s+/)
    .filter(Boolean)) {
    and.push({ searchText: { contains: literal(word) } });
  }
  return { AND: and };
}

/** LIKE's wildcards, taken literally: Prisma passes them through. */
const literal = (word: string) => word.replace(/[\\%_]/g, "\\$&");

export const orderOf = ({ sort, order }: TaskQuery): Order =>
  order ?? (sort === "due" || sort === "title" ? "asc" : "desc");

interface Sort {
  orderBy(order: Order): TaskOrderBy;
  /** The sorted column's value as it goes into a cursor. */
  valueOf(row: TaskRow): string | null;
  /** The rows that come after this value, and those that share it. */
  after(value: string | null, order: Order): { beyond: Where[]; same: Where };
}

const beyond = <T>(order: Order, value: T) => (order === "asc" ? { gt: value } : { lt: value });

/** Each sort, in a total order with the id behind it, so that a page neither repeats nor skips. */
export const sorts: Record<TaskQuery["sort"], Sort> = {
  created: {
    orderBy: (order) => ({ createdAt: order }),
    valueOf: (row) => row.createdAt.toISOString(),
    after: (value, order) => {
      const at = new Date(value ?? 0);
      return { beyond: [{ createdAt: beyond(order, at) }], same: { createdAt: at } };
    },
  },
  due: {
    // Tasks without a day come last in either order.
    orderBy: (order) => ({ dueDate: { sort: order, nulls: "last" } }),
    valueOf: (row) => (row.dueDate ? toDay(row.dueDate) : null),
    after: (value, order) => {
      if (value === null) return { beyond: [], same: { dueDate: null } };
      const day = fromDay(value);
      return {
        beyond: [{ dueDate: beyond(order, day) }, { dueDate: null }],
        same: { dueDate: day },
      };
    },
  },
  priority: {
    orderBy: (order) => ({ priority: order }),
    valueOf: (row) => row.priority,
    after: (value, order) => {
      const at = prioritySchema.parse(value);
      const all = prioritySchema.options;
      const index = all.indexOf(at);
      const rest = order === "asc" ? all.slice(index + 1) : all.slice(0, index);
      return { beyond: [{ priority: { in: rest } }], same: { priority: at } };
    },
  },
  title: {
    orderBy: (order) => ({ titleKey: order }),
    valueOf: (row) => titleSortKey(row.title),
    after: (value, order) => {
      const key = value ?? "";
      return { beyond: [{ titleKey: beyond(order, key) }], same: { titleKey: key } };
    },
  },
};

/** The rows that come after a position in a sort (keyset pagination). */
export function afterPosition(query: TaskQuery, { value, id }: Position): Where {
  const order = orderOf(query);
  const { beyond: later, same } = sorts[query.sort].after(value, order);
  return { OR: [...later, { ...same, id: beyond(order, id) }] };
}
