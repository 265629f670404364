import { isShortSearch, SHORT_SEARCH_TASKS } from "@taskbridge/contract";
import { type OwnedRows, Prisma } from "@taskbridge/db";
import type { Position } from "./cursor.ts";
import { filterOf, isBrief, narrowingOf, type TaskSearch } from "./query.ts";
import type { ListedRow } from "./rows.ts";
import { after, orderBy, type Sort, sortOf } from "./sorts.ts";
import type { TaskRecord } from "./task-table.ts";

/** How many tasks are looked through before an index is asked. */
const NEAR = 1_000;

interface Sought<C extends keyof TaskRecord> {
  columns: readonly C[];
  query: TaskSearch;
  sort: Sort<ListedRow>;
  /** After which task they begin. */
  from?: Position | undefined;
  limit: number;
  /** How many bytes of notes are enough: no task is read beyond those. */
  atMost?: number | undefined;
}

const newest = orderBy(sortOf({ sort: "created", order: "desc" }));

/**
 * The next tasks that a query asks for, in its order.
 *
 * PostgreSQL cannot tell here whether a word or a tag is common (behind a policy it does not look at
 * its statistics for that), and each takes a way of its own: what is common is soon met in the order
 * asked for, what is rare is only found by its index. So the nearest tasks are looked through first.
 * Words that no index knows are looked for in the newest tasks alone.
 */
export async function findSought<C extends keyof TaskRecord>(
  tasks: OwnedRows<TaskRecord>,
  { columns, query, sort, from, limit, atMost }: Sought<C>,
): Promise<Pick<TaskRecord, C>[]> {
  const beyond = from ? after(sort, from) : Prisma.sql`TRUE`;
  const bytes = atMost === undefined ? undefined : ({ column: "notes", atMost } as const);
  const find = { columns, where: filterOf(query), orderBy: orderBy(sort), limit, bytes };
  const where = Prisma.sql`${find.where} AND ${beyond}`;
  if (isShortSearch(query.q ?? "")) {
    return tasks.find({ ...find, where, within: { orderBy: newest, limit: SHORT_SEARCH_TASKS } });
  }
  const narrowing = narrowingOf(query);
  if (narrowing) {
    const near = await tasks.find({ ...find, within: { where: beyond, limit: NEAR } });
    if (near.length === limit || (atMost !== undefined && notesBytes(near) >= atMost)) return near;
  }
  return tasks.find({ ...find, where, narrowing, brief: isBrief(query) });
}

const notesBytes = (rows: readonly { notes?: string }[]) =>
  rows.reduce((sum, { notes = "" }) => sum + Buffer.byteLength(notes), 0);
