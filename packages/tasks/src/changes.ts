import { MAX_TAGS, type TaskChanges } from "@taskbridge/contract";
import { Prisma, type RowChange } from "@taskbridge/db";
import { notesColumns, rankOf, titleColumns } from "./rows.ts";
import type { TaskRecord } from "./task-table.ts";

type TaskChange = RowChange<TaskRecord>;

const { sql, join, raw } = Prisma;

/**
 * What to write for a change: the columns that it names, and, only where one of them then differs
 * from what it was, the next version. It is all said in terms of the row as the statement finds it,
 * so that any number of edits at once each take one statement, and none undoes another.
 */
export const changeSet = (changes: TaskChanges, at: Date): TaskChange =>
  withVersion(namedColumns(changes, at), at);

/** A tag more for tasks that have not got it and have room for it, or one less for those that have it. */
export function tagSet(tag: string, add: boolean, at: Date): TaskChange {
  const without = sql`array_remove("tags", ${tag}::text)`;
  const has = sql`"tags" @> ARRAY[${tag}]::text[]`;
  const withIt = sql`CASE WHEN ${has} OR cardinality("tags") >= ${MAX_TAGS}::int THEN "tags"
    ELSE "tags" || ${tag}::text END`;
  return withVersion({ tags: add ? withIt : without }, at);
}

function withVersion(named: TaskChange, at: Date): TaskChange {
  const changed = differs(named);
  return {
    ...named,
    version: sql`"version" + (${changed})::int`,
    updatedAt: sql`CASE WHEN ${changed} THEN ${at.toISOString()}::timestamptz ELSE "updatedAt" END`,
  };
}

function namedColumns(changes: TaskChanges, at: Date): TaskChange {
  const { title, notes, completed, dueDate, priority, tags } = changes;
  return {
    ...(title !== undefined && texts(titleColumns(title))),
    ...(notes !== undefined && texts(notesColumns(notes))),
    ...(completed !== undefined && { completedAt: completed ? firstCompletion(at) : sql`NULL` }),
    ...(dueDate !== undefined && { dueDate: sql`${dueDate}::date` }),
    ...(priority !== undefined && { priority: sql`${rankOf(priority)}::smallint` }),
    ...(tags !== undefined && { tags: sql`${tags}::text[]` }),
  };
}

/** A task that is completed again keeps the time when it first was. */
const firstCompletion = (at: Date) =>
  sql`coalesce("completedAt", ${at.toISOString()}::timestamptz)`;

const texts = <K extends string>(columns: Record<K, string>) =>
  Object.fromEntries(
    Object.entries<string>(columns).map(([column, text]) => [column, sql`${text}::text`]),
  ) as Record<K, Prisma.Sql>;

/** Whether the columns would hold anything else. What is derived differs only if its source does. */
function differs({ titleKey: _, searchTitle: __, searchNotes: ___, ...named }: TaskChange) {
  const columns = Object.entries(named);
  if (columns.length === 0) return sql`FALSE`;
  const before = join(columns.map(([column]) => raw(`"${column}"`)));
  return sql`ROW(${before}) IS DISTINCT FROM ROW(${join(columns.map(([, value]) => value))})`;
}
