import {
  asLastLine,
  csvHeader,
  csvRow,
  type Task,
  type TaskExportQuery,
  type TransferFormat,
} from "@taskbridge/contract";
import type { OwnerScope } from "@taskbridge/db";
import type { Position } from "../cursor.ts";
import { listedColumns, toTask } from "../rows.ts";
import { sortOf } from "../sorts.ts";
import { findSought } from "../sought.ts";
import { taskTable } from "../task-table.ts";

/** How many tasks are read, and handed on, at a time; fewer where they have long notes. */
const MOST = 500;
const AT_FIRST = 100;
/**
 * About how long a piece may be. It is held as rows, text and bytes while its reader takes the one before,
 * and what V8 throws away in large pieces stays for long.
 */
const PIECE_LENGTH = 128 * 1024;

/** How a file begins, how its lines are written, and its last one, so that a part is known from the whole. */
interface FileFormat {
  begin: string;
  row: (task: Task) => string;
  line: (line: string) => string;
  last: (line: string) => string;
}

const formats: Record<TransferFormat, FileFormat> = {
  json: {
    begin: "[",
    row: (task) => `${JSON.stringify(task)},`,
    line: (line) => `${line}\n`,
    last: (line) => `${line.replace(/,$/, "")}\n]\n`,
  },
  csv: {
    begin: csvHeader,
    row: csvRow,
    line: (line) => `${line}\r\n`,
    last: (line) => `${asLastLine(line)}\r\n`,
  },
};

/**
 * A user's tasks as text, piece by piece: the oldest first, a task a line, the next page read when
 * the last one has been taken. A task that is there throughout is in it once.
 */
export async function* exportTasks(
  scope: OwnerScope,
  { format, ...query }: TaskExportQuery,
): AsyncGenerator<string, void> {
  const { begin, row, line, last } = formats[format];
  const sort = sortOf({ sort: "created", order: "asc" });
  const asked = { columns: listedColumns, query, sort };
  let from: Position | undefined;
  let limit = AT_FIRST;
  // Held back until it is known whether it is the last.
  let held = begin;
  for (;;) {
    const rows = await findSought(scope.rows(taskTable), { ...asked, from, limit });
    const lines = [held, ...rows.map((found) => row(toTask(found)))];
    held = lines.pop() ?? "";
    // The first goes out with the first page: what fails before that can still be answered as a failure.
    const text = lines.map(line).join("");
    const end = rows.at(-1);
    if (!end || rows.length < limit) {
      yield text + last(held);
      return;
    }
    yield text;
    from = { value: sort.valueOf(end), id: end.id };
    limit = Math.min(MOST, Math.ceil((PIECE_LENGTH / text.length) * limit));
  }
}
