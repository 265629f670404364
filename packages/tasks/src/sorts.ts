import {
  defaultOrder,
  type Priority,
  type SortOrder,
  TASK_TEXT_RULES,
  type TaskQuery,
} from "@taskbridge/contract";
import { Prisma } from "@taskbridge/db";
import type { Position } from "./cursor.ts";
import { type DeletedRow, type ListedRow, priorityOf, rankOf } from "./rows.ts";

const { sql } = Prisma;
type Sql = Prisma.Sql;

/**
 * One way to sort rows: a total order with the id behind the key, so that a page neither repeats nor
 * skips. An index has the same expressions in the same order, and serves either direction.
 */
export interface Sort<Row> {
  column: Sql;
  /** The key's type, to which a cursor's text is cast. */
  type: Sql;
  /** What is compared, never null; of the column or of a cursor's value. */
  key: (value: Sql) => Sql;
  order: SortOrder;
  /** The column's value as it goes into a cursor. */
  valueOf: (row: Row) => string | null;
  /** And as the column has it, if that is something else. */
  fromValue?: (value: string | null) => unknown;
  /** By which rules the key is made, where they may change: a cursor of others is refused. */
  rules?: number;
}

const plain = (value: Sql) => value;
const plainly = (value: string | null): unknown => value;
// Not coalesce(): behind a policy PostgreSQL enters an index by a CASE, but not by that.
const dueFirst = (day: Sql) => sql`CASE WHEN ${day} IS NULL THEN 'infinity'::date ELSE ${day} END`;
const dueLast = (day: Sql) => sql`CASE WHEN ${day} IS NULL THEN '-infinity'::date ELSE ${day} END`;

// Open tasks come behind all that are completed, or before them where the order is turned round: one index is enough.
const completedFirst = (at: Sql) =>
  sql`CASE WHEN ${at} IS NULL THEN '-infinity'::timestamptz ELSE ${at} END`;

/** The sort that a query asks for. */
export function sortOf({ sort, order: asked }: Pick<TaskQuery, "sort" | "order">): Sort<ListedRow> {
  const order = asked ?? defaultOrder(sort);
  switch (sort) {
    case "created":
      return {
        column: sql`"createdAt"`,
        type: sql`timestamptz`,
        key: plain,
        order,
        valueOf: (row) => row.createdAt,
      };
    case "completed":
      return {
        column: sql`"completedAt"`,
        type: sql`timestamptz`,
        key: completedFirst,
        order,
        valueOf: (row) => row.completedAt,
      };
    case "due":
      // Tasks without a day come last in either order.
      return {
        column: sql`"dueDate"`,
        type: sql`date`,
        key: order === "asc" ? dueFirst : dueLast,
        order,
        valueOf: (row) => row.dueDate,
      };
    case "priority":
      return {
        column: sql`"priority"`,
        type: sql`smallint`,
        key: plain,
        order,
        valueOf: (row) => priorityOf(row.priority),
        fromValue: (name) => rankOf(name as Priority),
      };
    case "title":
      return {
        column: sql`"titleKey"`,
        type: sql`text`,
        key: plain,
        order,
        valueOf: (row) => row.titleKey,
        rules: TASK_TEXT_RULES,
      };
  }
}

/** Deleted tasks, the last deleted first. */
export const lastDeletedFirst: Sort<DeletedRow> = {
  column: sql`"deletedAt"`,
  type: sql`timestamptz`,
  key: plain,
  order: "desc",
  valueOf: (row) => row.deletedAt,
};

export function orderBy<Row>({ column, key, order }: Sort<Row>): Sql {
  const direction = order === "asc" ? sql`ASC` : sql`DESC`;
  return sql`${key(column)} ${direction}, "id" ${direction}`;
}

/**
 * The rows that come after a position (keyset pagination). A comparison of rows, because an index
 * can begin at one, while `key > … OR key = … AND id > …` reads it from the start.
 */
export function after<Row>(sort: Sort<Row>, { value, id }: Position): Sql {
  const { column, type, key, order, fromValue = plainly } = sort;
  const beyond = order === "asc" ? sql`>` : sql`<`;
  return sql`(${key(column)}, "id") ${beyond} (${key(sql`${fromValue(value)}::${type}`)}, ${id}::uuid)`;
}
