// What pages go by without the schemas, which are many times as long: nothing here needs zod.
export * from "./search.ts";
export * from "./title-order.ts";

/** From the least urgent to the most. */
export const priorities = ["none", "low", "medium", "high"] as const;
export type Priority = (typeof priorities)[number];

/** What a list can be sorted by, and in which direction. */
export const taskSorts = ["created", "completed", "due", "priority", "title"] as const;
export type TaskSort = (typeof taskSorts)[number];
export const sortOrders = ["asc", "desc"] as const;
export type SortOrder = (typeof sortOrders)[number];

/**
 * Counts the changes of `titleKey`, `searchText`, `searchTag` and `searchNotes`: with a new number all tasks' keys
 * and searched texts are written anew in the background, and cursors of lists by title are refused.
 */
export const TASK_TEXT_RULES = 1;

/** The direction where none is asked for. */
export const defaultOrder = (sort: TaskSort): SortOrder =>
  sort === "due" || sort === "title" ? "asc" : "desc";

/** Lengths in characters, which are code points. */
export const MAX_TITLE_LENGTH = 200;
export const MAX_NOTES_LENGTH = 10_000;
export const MAX_TAG_LENGTH = 50;
export const MAX_TAGS = 20;

/** The most bytes that JSON spells a character with, as `\ud83e\udd84`. */
const ESCAPED_BYTES = 12;
const LONGEST_TASK = MAX_TITLE_LENGTH + MAX_NOTES_LENGTH + MAX_TAGS * MAX_TAG_LENGTH;
const KIB = 1024;

/**
 * The most bytes of a request's body: any task within the limits above, however its JSON is escaped, and
 * 64 KiB for names and white space, rounded up.
 */
export const MAX_BODY_BYTES =
  Math.ceil((LONGEST_TASK * ESCAPED_BYTES + 64 * KIB) / (64 * KIB)) * 64 * KIB;

/** How many tasks one change of many may name. */
export const MAX_CHANGED_TASKS = 1_000;

/** How many tasks one import may bring, and how many bytes of text, in UTF-8. */
export const MAX_IMPORTED_TASKS = 10_000;
export const MAX_IMPORT_BYTES = 4 * KIB * KIB;

/** What an exported row has, in this order. */
export const csvColumns = [
  "id",
  "title",
  "notes",
  "completed",
  "completedAt",
  "dueDate",
  "priority",
  "tags",
  "version",
  "createdAt",
  "updatedAt",
] as const;
export type CsvColumn = (typeof csvColumns)[number];

/**
 * Whether an export came to its end, which behind a proxy that speaks HTTP/1.0 nothing else tells. JSON ends
 * with its array; of CSV the last row's last field, and no other row's, is quoted. Neither can stand at the
 * end of a part: within a quoted field a quote is doubled, and one that begins a field follows a comma.
 */
export const isWholeExport = (format: "json" | "csv", text: string) =>
  format === "json" ? text.endsWith("\n]\n") : /[^",]"\r\n$/.test(text.slice(-4));

const EXPORT_BEGIN = `${csvColumns.join(",")}\r\n`;

/**
 * Whether a CSV text begins as an export of ours and has not the mark of its end. One that a spreadsheet has
 * saved again has none either: those write TRUE for true.
 */
export function isCutExport(text: string): boolean {
  const body = text.replace(/^\ufeff/, "");
  const isOurs = body.startsWith(EXPORT_BEGIN) || (text !== "" && EXPORT_BEGIN.startsWith(body));
  return isOurs && !isWholeExport("csv", text) && !/,(TRUE|FALSE),/.test(text);
}
