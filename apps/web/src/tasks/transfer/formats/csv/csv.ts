import { disarmCell, splitTags } from "@taskbridge/contract/csv-cells";
import { csvColumns, isCutExport } from "@taskbridge/contract/rules";
import { orderIn } from "../../day-order.ts";
import { type FileTasks, type ReadRules, UnreadableFileError } from "../../file-tasks.ts";
import { readTable, type Table } from "./csv-table.ts";
import { columnsOf, type NamedRow, readRows } from "./rows.ts";
import { isTickTick, readTickTick } from "./ticktick.ts";
import { isTodoist, readTodoist } from "./todoist.ts";

/** The tasks of a table: an export of ours, of an app that is known, or what anybody has put into columns. */
export function readCsv(text: string, rules: ReadRules): FileTasks {
  if (isCutExport(text)) throw new UnreadableFileError("cut");
  const table = readTable(text);
  const found = readKnown(table, rules);
  if (table.openQuote === undefined) return found;
  const broken = { line: table.openQuote, title: "", broken: true };
  return { ...found, tasks: [...found.tasks, broken] };
}

/** Whether a text is a table with some columns that are known, and not lines in which a separator stands. */
export function isTable(text: string): boolean {
  try {
    return columnsOf(readTable(text).names).filter(Boolean).length > 1;
  } catch {
    return false;
  }
}

function readKnown(table: Table, rules: ReadRules): FileTasks {
  if (isTodoist(table)) return readTodoist(table, rules);
  if (isTickTick(table)) return readTickTick(table, rules);
  if (csvColumns.every((column) => table.names.includes(column))) return readOwn(table, rules);
  return { source: "csv", ...readAnyRows(table.names, table.rows, rules) };
}

/** Rows in whose days day and month may be in either order: all of a file are in one. */
export function readAnyRows(names: readonly string[], rows: readonly NamedRow[], rules: ReadRules) {
  const due = columnsOf(names).indexOf("dueDate");
  const days = rows.flatMap(({ cells }) => cells[due] ?? []);
  const { order, guessedOrder } = orderIn(days, rules.order);
  return { tasks: readRows(names, rows, { ...rules, order }), guessedOrder };
}

/** Our own export, as it is or as a spreadsheet has saved it again. */
function readOwn({ names, rows }: Table, rules: ReadRules): FileTasks {
  const [id, tags] = [names.indexOf("id"), names.indexOf("tags")];
  const disarmed = rows.map(({ line, cells }): NamedRow => {
    const texts = cells.map(disarmCell);
    return {
      line,
      id: texts[id],
      cells: texts.map((text, at) => (at === tags ? splitTags(text) : text)),
    };
  });
  return { source: "taskbridge", ...readAnyRows(names, disarmed, rules) };
}
