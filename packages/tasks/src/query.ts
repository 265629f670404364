import { isIndexed, type TaskExportQuery, wordsOf } from "@taskbridge/contract";
import { type Narrowing, Prisma } from "@taskbridge/db";
import { rankOf } from "./rows.ts";

const { sql, join } = Prisma;

export type TaskSearch = Omit<TaskExportQuery, "format">;

/** Which tasks a query asks for, the owner aside: the scope adds that. */
export function filterOf(query: TaskSearch): Prisma.Sql {
  const and = [sql`TRUE`];
  if (query.status === "open") and.push(sql`"completedAt" IS NULL`);
  if (query.status === "completed") and.push(sql`"completedAt" IS NOT NULL`);
  if (query.priority) and.push(sql`"priority" = ${rankOf(query.priority)}::smallint`);
  if (query.tag) and.push(sql`"tags" @> ARRAY[${query.tag}]::text[]`);
  if (query.dueBefore) and.push(sql`"dueDate" < ${query.dueBefore}::date`);
  if (query.dueAfter) and.push(sql`"dueDate" > ${query.dueAfter}::date`);
  return join([...and, ...searchFor(query.q ?? "")], " AND ");
}

/** Whether the index of the sort is all it takes, so that no tasks are passed over one by one. */
export const isBrief = ({ priority, tag, dueBefore, dueAfter, q = "" }: TaskSearch): boolean =>
  [priority, tag, dueBefore, dueAfter].every((asked) => asked === undefined) &&
  wordsOf(q).length === 0;

/** Every word in title, tags or notes, in one of its spellings; the expression is the search index's own. */
const searchFor = (q: string): Prisma.Sql[] =>
  wordsOf(q).map((spellings) => {
    const like = spellings.map(
      (word) => sql`("searchTitle" || E'\\n' || "searchNotes") LIKE ${patternOf(word)}`,
    );
    return sql`(${join(like, " OR ")})`;
  });

/** What of a query an index can look up: a tag, or the word that has most to tell tasks apart by. */
export function narrowingOf({ q = "", tag }: TaskSearch): Narrowing | undefined {
  if (tag !== undefined) return { by: "tag", value: tag };
  const [longest] = wordsOf(q)
    .filter(isIndexed)
    .sort(([a = ""], [b = ""]) => b.length - a.length);
  return longest && { by: "words", value: longest.map(patternOf).join("\n") };
}

/** For LIKE, whose wildcards are taken literally. */
const patternOf = (word: string) => `%${word.replace(/[\\%_]/g, "\\$&")}%`;
