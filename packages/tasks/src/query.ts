import { fold, type TaskExportQuery } from "@taskbridge/contract";
import { Prisma } from "@taskbridge/db";

const { sql, join } = Prisma;

/** Which tasks a query asks for, the owner aside: the scope adds that. */
export function filterOf(query: Omit<TaskExportQuery, "format">): Prisma.Sql {
  const and = [sql`TRUE`];
  if (query.status === "open") and.push(sql`"completedAt" IS NULL`);
  if (query.status === "completed") and.push(sql`"completedAt" IS NOT NULL`);
  if (query.priority) and.push(sql`"priority" = ${query.priority}::"priority"`);
  if (query.tag) and.push(sql`"tags" @> ARRAY[${query.tag}]::text[]`);
  if (query.dueBefore) and.push(sql`"dueDate" < ${query.dueBefore}::date`);
  if (query.dueAfter) and.push(sql`"dueDate" > ${query.dueAfter}::date`);
  return join([...and, ...searchFor(query.q ?? "")], " AND ");
}

/** Every word in title or notes, both folded; the expression is the search index's own. */
function searchFor(q: string): Prisma.Sql[] {
  const words = new Set(fold(q).split(/\s+/).filter(Boolean));
  return [...words].map(
    (word) => sql`("searchTitle" || E'\\n' || "searchNotes") LIKE ${`%${literal(word)}%`}`,
  );
}

/** LIKE's wildcards, taken literally. */
const literal = (word: string) => word.replace(/[\\%_]/g, "\\$&");
