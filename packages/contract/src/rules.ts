// What pages go by without the schemas, which are many times as long: nothing here needs zod.

/** From the least urgent to the most. */
export const priorities = ["none", "low", "medium", "high"] as const;
export type Priority = (typeof priorities)[number];

/** What a list can be sorted by, and in which direction. */
export const taskSorts = ["created", "due", "priority", "title"] as const;
export type TaskSort = (typeof taskSorts)[number];
export const sortOrders = ["asc", "desc"] as const;
export type SortOrder = (typeof sortOrders)[number];

/** The direction where none is asked for. */
export const defaultOrder = (sort: TaskSort): SortOrder =>
  sort === "due" || sort === "title" ? "asc" : "desc";

/** Lengths in characters, which are code points. */
export const MAX_TITLE_LENGTH = 200;
export const MAX_NOTES_LENGTH = 10_000;
export const MAX_TAG_LENGTH = 50;
export const MAX_TAGS = 20;
export const MAX_SEARCH_LENGTH = 200;

/** How many words a search may have. Each is looked for in all that is read. */
export const MAX_SEARCH_WORDS = 10;
/** How many of a user's newest tasks a search is limited to where no index can help it. */
export const SHORT_SEARCH_TASKS = 1_000;

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

/** How many tasks a request may name; the answer holds them all. */
export const MAX_NAMED_TASKS = 100;

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

/** A text's letters without case or accents: how tasks are searched and sorted by title, everywhere alike. */
export const fold = (text: string) =>
  /[^\0-\x7f]/.test(text) ? foldAnyText(text) : text.toLowerCase();

const foldAnyText = (text: string) =>
  // Marks go first as well: putting very many of them in order takes a time that grows with their square.
  text.toLowerCase().replace(/\p{M}/gu, "").normalize("NFKD").replace(/\p{M}/gu, "");

/** What a search asks for: each of these, folded, somewhere in the folded text. */
export const wordsOf = (typed: string) => [...new Set(fold(typed).split(/\s+/).filter(Boolean))];

/** Of what was typed as much as a search may have: the whole, or what is before the first word too many. */
export function firstWords(typed: string): string {
  let text = typed.trim().slice(0, MAX_SEARCH_LENGTH);
  while (wordsOf(text).length > MAX_SEARCH_WORDS) text = text.replace(/\s*\S+$/, "");
  return text;
}

/** Whether an index knows the word: it keeps texts by three letters or digits at a time. */
export const isIndexed = (word: string) => /[\p{L}\p{N}]{3}/u.test(word);

/** Whether a search has no word that an index knows, and so looks at the newest tasks alone. */
export function isShortSearch(typed: string): boolean {
  const words = wordsOf(typed);
  return words.length > 0 && !words.some(isIndexed);
}

/** Whether a text has all words of a search. */
export function hasWords(text: string, typed: string): boolean {
  const folded = fold(text);
  return wordsOf(typed).every((word) => folded.includes(word));
}
