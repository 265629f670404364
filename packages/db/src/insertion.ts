import { Prisma } from "./generated/client.ts";
import type { TaskData } from "./scope.ts";

const { sql, join, raw } = Prisma;

/** What an inserted row may say, and as which type: all but its owner and its deletion. */
const types = {
  id: "uuid",
  title: "text",
  titleKey: "text",
  searchTitle: "text",
  notes: "text",
  searchNotes: "text",
  completedAt: "timestamptz",
  dueDate: "date",
  priority: '"priority"',
  tags: "text[]",
  createdAt: "timestamptz",
  updatedAt: "timestamptz",
} as const;

/** A new task with every column given. */
export type WholeTaskData = Required<Pick<TaskData, keyof typeof types>>;

const columns = join(Object.keys(types).map((column) => raw(`"${column}"`)));
const typed = join(Object.entries(types).map(([column, type]) => raw(`"${column}" ${type}`)));

/** One statement for any number of rows: PostgreSQL takes 65 535 parameters, and this has two. */
export function insertionOf(userId: string, rows: readonly WholeTaskData[]): Prisma.Sql {
  const json = JSON.stringify(rows);
  return sql`INSERT INTO "task" ("userId", ${columns})
    SELECT ${userId}, ${columns} FROM jsonb_to_recordset(${json}::jsonb) AS "row" (${typed})`;
}
