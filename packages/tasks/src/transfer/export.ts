import type { TaskExportQuery } from "@taskbridge/contract";
import type { OwnerScope } from "@taskbridge/db";
import type { Position } from "../cursor.ts";
import { listedColumns, toTask } from "../rows.ts";
import { sortOf } from "../sorts.ts";
import { findSought } from "../sought.ts";
import { taskTable } from "../task-table.ts";
import { csvHeader, csvRow } from "./csv.ts";

/** How many tasks are read, and handed on, at a time; fewer where they have long notes. */
const MOST = 500;
const AT_FIRST = 100;
/**
 * About how long a piece may be. It is held as rows, text and bytes while its reader takes the one before,
 * and what V8 throws away in large pieces stays for long.
 */
const PIECE_LENGTH = 128 * 1024;

/**
 * A user's tasks as text, piece by piece: the oldest first, a task a line, the next page read when
 * the last one has been taken. A task that is there throughout is in it once.
 */
export async function* exportTasks(
  scope: OwnerScope,
  { format, ...query }: TaskExportQuery,
): AsyncGenerator<string, void> {
  const csv = format === "csv";
  const sort = sortOf({ sort: "created", order: "asc" });
  const asked = { columns: listedColumns, query, sort };
  let from: Position | undefined;
  let limit = AT_FIRST;
  for (;;) {
    const rows = await findSought(scope.rows(taskTable), { ...asked, from, limit });
    const lines = rows.map(toTask).map(csv ? csvRow : (task) => JSON.stringify(task));
    const first = from === undefined;
    // Goes out with the first page: what fails before that can still be answered as a failure.
    const text = csv ? csvText(lines, first) : jsonText(lines, first);
    yield text;
    const last = rows.at(-1);
    if (!last || rows.length < limit) break;
    from = { value: sort.valueOf(last), id: last.id };
    limit = Math.min(MOST, Math.ceil((PIECE_LENGTH / text.length) * limit));
  }
  if (!csv) yield "\n]\n";
}

const csvText = (lines: readonly string[], first: boolean) =>
  (first ? [csvHeader, ...lines] : lines).map((line) => `${line}\r\n`).join("");

const jsonText = (lines: readonly string[], first: boolean) =>
  (first ? "[" : lines.length > 0 ? "," : "") + lines.map((line) => `\n${line}`).join(",");
