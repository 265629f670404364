import {
  fold,
  MAX_COUNTED_TAGS,
  type TaskCounts,
  type TaskCountsQuery,
} from "@taskbridge/contract";
import { type OwnerScope, Prisma } from "@taskbridge/db";
import { toDay } from "./rows.ts";
import { taskTable } from "./task-table.ts";

/** How many tasks there are, in one statement, so that the numbers are of one moment. */
export async function countTasks(
  scope: OwnerScope,
  { today }: TaskCountsQuery,
  now: Date,
): Promise<TaskCounts> {
  const day = Prisma.sql`${today ?? toDay(now)}::date`;
  const openAnd = (due: Prisma.Sql) =>
    Prisma.sql`count(*) FILTER (WHERE "completedAt" IS NULL AND ${due})::int`;
  const [counts] = await scope.rows(taskTable).select<TaskCounts>(Prisma.sql`
    SELECT count(*) FILTER (WHERE "completedAt" IS NULL)::int AS "open",
      count("completedAt")::int AS "completed",
      ${openAnd(Prisma.sql`"dueDate" < ${day}`)} AS "overdue",
      ${openAnd(Prisma.sql`"dueDate" = ${day}`)} AS "today",
      ${openAnd(Prisma.sql`"dueDate" > ${day}`)} AS "upcoming",
      (SELECT coalesce(json_agg(counted), '[]') FROM (
        SELECT "tag", count(*) FILTER (WHERE "completedAt" IS NULL) AS "open",
          count("completedAt") AS "completed"
        FROM "task", unnest("tags") AS "tag"
        GROUP BY "tag" ORDER BY count(*) DESC, "tag" COLLATE "C" LIMIT ${MAX_COUNTED_TAGS}
      ) AS counted) AS "tags"
    FROM "task"`);
  if (!counts) throw new Error("An aggregate without groups has one row.");
  return { ...counts, tags: counts.tags.sort((a, b) => compare(sortKey(a.tag), sortKey(b.tag))) };
}

/** As titles are sorted; those that fold to the same keep an order too. */
const sortKey = (tag: string) => `${fold(tag)}\u0000${tag}`;
const compare = (a: string, b: string) => (a < b ? -1 : 1);
