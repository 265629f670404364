import {
  MAX_TAGS,
  searchNotes,
  searchText,
  type TaskChanges,
  titleKey,
} from "@taskbridge/contract";
import { Prisma, type RowChange } from "@taskbridge/db";
import { rankOf, tagLines } from "./rows.ts";
import type { TaskRecord } from "./task-table.ts";

type TaskChange = RowChange<TaskRecord>;

const { sql, join, raw } = Prisma;
type Sql = Prisma.Sql;

/**
 * What to write for a change: the columns that it names, and, only where one of them then differs
 * from what it was, the next version. It is all said in terms of the row as the statement finds it,
 * so that any number of edits at once each take one statement, and none undoes another.
 */
export const changeSet = (changes: TaskChanges, at: Date): TaskChange =>
  withVersion(namedColumns(changes, at), at);

/** A tag more for tasks that have not got it and have room for it, or one less for those that have it. */
export function tagSet(tag: string, add: boolean, at: Date): TaskChange {
  const has = sql`"tags" @> ARRAY[${tag}]::text[]`;
  const stays = add ? sql`${has} OR cardinality("tags") >= ${MAX_TAGS}::int` : sql`NOT ${has}`;
  const unless = (column: Sql, change: Sql) =>
    sql`CASE WHEN ${stays} THEN ${column} ELSE ${change} END`;
  const line = text(tagLines([tag]));
  const [tags, searched] = [sql`"tags"`, sql`"searchTitle"`];
  const named = add
    ? { tags: sql`"tags" || ${tag}::text`, searchTitle: sql`"searchTitle" || ${line}` }
    : { tags: sql`array_remove("tags", ${tag}::text)`, searchTitle: withoutLine(line) };
  return withVersion(
    { tags: unless(tags, named.tags), searchTitle: unless(searched, named.searchTitle) },
    at,
  );
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
    ...(title !== undefined && { title: text(title), titleKey: text(titleKey(title)) }),
    ...(notes !== undefined && { notes: text(notes), searchNotes: text(searchNotes(notes)) }),
    ...(completed !== undefined && { completedAt: completed ? firstCompletion(at) : sql`NULL` }),
    ...(dueDate !== undefined && { dueDate: sql`${dueDate}::date` }),
    ...(priority !== undefined && { priority: sql`${rankOf(priority)}::smallint` }),
    ...(tags !== undefined && { tags: sql`${tags}::text[]` }),
    ...((title ?? tags) !== undefined && { searchTitle: searchTitleOf(changes) }),
  };
}

/** A task that is completed again keeps the time when it first was. */
const firstCompletion = (at: Date) =>
  sql`coalesce("completedAt", ${at.toISOString()}::timestamptz)`;

const text = (value: string) => sql`${value}::text`;

/** The title's line and the tags', of which either may stay as they are. */
function searchTitleOf({ title, tags }: TaskChanges): Sql {
  const first =
    title === undefined ? sql`split_part("searchTitle", E'\\n', 1)` : text(searchText(title));
  const second =
    tags === undefined
      ? sql`coalesce(substring("searchTitle" FROM E'\\n.*'), '')`
      : text(tagLines(tags));
  return sql`${first} || ${second}`;
}

/** "searchTitle" without the first of its lines that is this one. */
function withoutLine(line: Sql): Sql {
  const [lines, sought] = [sql`("searchTitle" || E'\\n')`, sql`(${line} || E'\\n')`];
  const found = sql`position(${sought} IN ${lines})`;
  return sql`CASE WHEN ${found} = 0 THEN "searchTitle"
    ELSE left("searchTitle", ${found} - 1) || substr("searchTitle", ${found} + length(${line})) END`;
}

/** Whether the columns would hold anything else. What is derived differs only if its source does. */
function differs({ titleKey: _, searchTitle: __, searchNotes: ___, ...named }: TaskChange) {
  const columns = Object.entries(named);
  if (columns.length === 0) return sql`FALSE`;
  const before = join(columns.map(([column]) => raw(`"${column}"`)));
  return sql`ROW(${before}) IS DISTINCT FROM ROW(${join(columns.map(([, value]) => value))})`;
}
