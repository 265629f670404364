import { csvColumns } from "./rules.ts";
import type { Task } from "./task.ts";

// How an export is written as CSV, and its cells are read again.

/**
 * Spreadsheets run what begins like this as a formula; in East Asian ones the full-width signs do as well.
 * A cell begins at its beginning, and for a reader that takes semicolons or tabs for separators, or knows no
 * line breaks within quotes, in the middle of ours. So an apostrophe goes before, and before those that
 * already stand there, so that it can be taken off again.
 */
const formula = String.raw`['" ]*[=+\-@＝＋－＠]`;
const armed = new RegExp(String.raw`^(?=${formula}|'*[\t\r\n])|(?<=[;\t\r\n])(?=${formula})`, "g");
const disarmed = new RegExp(
  String.raw`^'(?=${formula}|'*[\t\r\n])|(?<=[;\t\r\n])'(?=${formula})`,
  "g",
);

/** A cell's text with an apostrophe before whatever a spreadsheet would compute. */
const armCell = (text: string) => text.replace(armed, "'");

/** The text that was armed. */
export const disarmCell = (cell: string) => cell.replace(disarmed, "");

/** Separated by semicolons; one within a tag has a backslash before it. */
const joinTags = (tags: readonly string[]) =>
  tags.map((tag) => tag.replace(/[\\;]/g, "\\$&")).join(";");

export const splitTags = (cell: string) =>
  (cell.match(/(?:\\.|[^\\;])+/gsu) ?? []).map((tag) => tag.replace(/\\(.)/gsu, "$1").trim());

/** With a byte order mark: Excel takes a file without one for the system's own encoding. */
export const csvHeader = `\ufeff${csvColumns.join(",")}`;

/** One line of an export, without its line end. */
export const csvRow = (task: Task) =>
  csvColumns
    .map((column) => writeCell(column === "tags" ? joinTags(task.tags) : task[column]))
    .join(",");

/** The last line of an export: its last field, and no other line's, is quoted. `isWholeExport` looks for it. */
export const asLastLine = (line: string) => line.replace(/[^,]+$/, '"$&"');

function writeCell(value: string | number | boolean | null): string {
  if (typeof value !== "string") return String(value ?? "");
  const safe = armCell(value);
  return /[",;\t\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
