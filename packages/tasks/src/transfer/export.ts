import type { TaskExportQuery } from "@taskbridge/contract";
import { type OwnerScope, Prisma } from "@taskbridge/db";
import { filterOf } from "../query.ts";
import { listedColumns, toTask } from "../rows.ts";
import { after, orderBy, sortOf } from "../sorts.ts";
import { taskTable } from "../task-table.ts";
import { csvHeader, csvRow } from "./csv.ts";

/** How many tasks are read, and handed on, at a time. */
const PAGE_SIZE = 500;

/**
 * A user's tasks as text, piece by piece: the oldest first, a task a line, the next page read when
 * the last one has been taken. A task that is there throughout is in it once.
 */
export async function* exportTasks(
  scope: OwnerScope,
  { format, ...filters }: TaskExportQuery,
): AsyncGenerator<string, void> {
  const csv = format === "csv";
  let lines = 0;
  // Goes out with the first page: what fails before that can still be answered as a failure.
  let opening = csv ? `${csvHeader}\r\n` : "[";
  for await (const rows of pages(scope, filters)) {
    const tasks = rows.map(toTask);
    const text = csv
      ? tasks.map((task) => `${csvRow(task)}\r\n`).join("")
      : tasks.map((task) => `${lines++ > 0 ? "," : ""}\n${JSON.stringify(task)}`).join("");
    yield opening + text;
    opening = "";
  }
  if (!csv) yield "\n]\n";
}

async function* pages(scope: OwnerScope, filters: Omit<TaskExportQuery, "format">) {
  const sort = sortOf({ sort: "created", order: "asc" });
  let where = filterOf(filters);
  for (;;) {
    const rows = await scope.rows(taskTable).find({
      columns: listedColumns,
      where,
      orderBy: orderBy(sort),
      limit: PAGE_SIZE,
    });
    yield rows;
    const last = rows.at(-1);
    if (!last || rows.length < PAGE_SIZE) return;
    const position = { value: sort.valueOf(last), id: last.id };
    where = Prisma.sql`${filterOf(filters)} AND ${after(sort, position)}`;
  }
}
