import {
  compareTags,
  MAX_COUNTED_TAGS,
  type TaskCounts,
  type TaskCountsQuery,
} from "@taskbridge/contract";
import { type OwnerScope, Prisma, worthFolding } from "@taskbridge/db";
import { toDay } from "./rows.ts";
import { taskDeltaTable } from "./task-table.ts";

const { sql } = Prisma;

interface Sums extends TaskCounts {
  /** Whether there are too many rows of which they are the sums. */
  many: boolean;
}

/**
 * How many tasks there are, in one statement, so that the numbers are of one moment. It looks at no task
 * but at what the writes have noted: a row for each day and each tag, and the last writes.
 */
export async function countTasks(
  scope: OwnerScope,
  { today }: TaskCountsQuery,
  now: Date,
): Promise<TaskCounts> {
  const day = sql`${today ?? toDay(now)}::date`;
  const sumOf = (column: Prisma.Sql, due: Prisma.Sql = sql`TRUE`) =>
    sql`coalesce(sum(${column}) FILTER (WHERE "tag" IS NULL AND ${due}), 0)::int`;
  const open = sql`"open"`;
  const deltas = scope.rows(taskDeltaTable);
  // What is folded for a tag is no part of all tasks; everything else is, and a part of each of its tags.
  const [sums] = await deltas.select<Sums>(sql`SELECT * FROM (
    WITH "sums" AS MATERIALIZED (
      SELECT CASE WHEN "tag" IS NULL THEN "dueDate" END AS "due", "tag",
        sum("open") AS "open", sum("completed") AS "completed"
      FROM (
        SELECT "dueDate", "open", "completed",
          unnest(CASE WHEN "folded" AND "tags" <> '{}' THEN "tags" ELSE NULL::text || "tags" END) AS "tag"
        FROM "task_delta"
      ) AS "each"
      GROUP BY "due", "tag"
    )
    SELECT ${sumOf(open)} AS "open", ${sumOf(sql`"completed"`)} AS "completed",
      ${sumOf(open, sql`"due" < ${day}`)} AS "overdue",
      ${sumOf(open, sql`"due" = ${day}`)} AS "today",
      ${sumOf(open, sql`"due" > ${day}`)} AS "upcoming",
      (SELECT coalesce(json_agg(counted), '[]') FROM (
        SELECT "tag", "open", "completed" FROM "sums" WHERE "tag" IS NOT NULL AND "open" + "completed" > 0
        ORDER BY "open" + "completed" DESC, "tag" COLLATE "C" LIMIT ${MAX_COUNTED_TAGS}
      ) AS counted) AS "tags"
    FROM "sums"
  ) AS "counts", (SELECT ${worthFolding} AS "many" FROM "task_delta") AS "rows"`);
  if (!sums) throw new Error("An aggregate without groups has one row.");
  const { many, ...counts } = sums;
  if (many) await foldOwn(scope);
  return { ...counts, tags: counts.tags.sort((a, b) => compareTags(a.tag, b.tag)) };
}

/** The numbers are there already: where this fails, the next sweep says why. */
const foldOwn = (scope: OwnerScope) =>
  scope
    .rows(taskDeltaTable)
    .select(
      sql`SELECT "fold_task_deltas"("userId") FROM (SELECT DISTINCT "userId" FROM "task_delta") AS "own"`,
    )
    .catch(() => []);
