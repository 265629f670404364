import type { TaskExportQuery } from "@taskbridge/contract";
import type { OwnerScope } from "@taskbridge/db";
import type { Position } from "../cursor.ts";
import type { TaskSearch } from "../query.ts";
import { listedColumns, toTask } from "../rows.ts";
import { sortOf } from "../sorts.ts";
import { findSought } from "../sought.ts";
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

async function* pages(scope: OwnerScope, query: TaskSearch) {
  const sort = sortOf({ sort: "created", order: "asc" });
  const next = { columns: listedColumns, query, sort, limit: PAGE_SIZE };
  let from: Position | undefined;
  for (;;) {
    const rows = await findSought(scope.rows(taskTable), { ...next, from });
    yield rows;
    const last = rows.at(-1);
    if (!last || rows.length < PAGE_SIZE) return;
    from = { value: sort.valueOf(last), id: last.id };
  }
}
