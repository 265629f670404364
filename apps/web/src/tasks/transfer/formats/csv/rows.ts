import { splitTags } from "@taskbridge/contract/csv-cells";
import type { Extra, Field, FoundTask } from "../../found-task.ts";
import { isNoDay } from "../../instants.ts";
import { type DayRules, dueOf, readDay } from "../../read-day.ts";
import { type Column, columnOf } from "./columns.ts";
import { instantIn, readCompletion, type StateCell } from "./completion.ts";
import { readPriority, wholeOf } from "./words.ts";

/** A cell of a table, or a list that stands in one. */
export type Cell = string | readonly string[];

export interface NamedRow {
  line: number;
  cells: readonly Cell[];
  /** Of an export of ours. */
  id?: string | undefined;
}

const once: readonly (Column | undefined)[] = [
  ...(["title", "notes", "dueDate", "time", "completed", "status"] as const),
  ...(["completedAt", "createdAt", "priority"] as const),
];

/** What each column is about. Of two about the same one thing, the second is kept under its name. */
export function columnsOf(names: readonly string[]): (Column | undefined)[] {
  const hasTitle = names.some((name) => columnOf(name) === "title");
  const taken = new Set<Column>();
  return names.map((name) => {
    const known = columnOf(name);
    const column = known === "content" ? (hasTitle ? "notes" : "title") : known;
    if (column && once.includes(column) && taken.has(column)) return undefined;
    if (column) taken.add(column);
    return column;
  });
}

/** The tasks of a table's rows; blank ones are none. */
export function readRows(
  names: readonly string[],
  rows: readonly NamedRow[],
  rules: DayRules,
): FoundTask[] {
  const columns = columnsOf(names);
  const named = Object.fromEntries(
    columns.flatMap((column, at) => (column ? [[fieldOf(column), names[at] ?? ""]] : [])),
  ) as Partial<Record<Field, string>>;
  const used = rows.filter(({ cells }) => cells.some((cell) => !isBlank(cell)));
  const about = columns.map((column, at): About => {
    const texts = used.map(({ cells }) => textOf(cells[at] ?? ""));
    const name = names[at] || `${at + 1}`;
    return { column: column ?? (saysNothing(texts) ? "ignored" : undefined), name, texts };
  });
  const states = about.flatMap(({ column, name, texts }, at) =>
    isState(column)
      ? [{ at, column, name, whole: column === "completed" ? wholeOf(texts) : undefined }]
      : [],
  );
  return used.map(({ line, cells, id }) => {
    const task: FoundTask = { line, title: "", names: named, id };
    // What spills over has moved the cells beside it: none of them is certain.
    if (!cells.slice(names.length).every(isBlank)) return { ...task, broken: true };
    for (const [at, { column, name }] of about.entries()) {
      const cell = cells[at] ?? "";
      if (!(column === "notes" ? cell === "" : isBlank(cell)))
        put(task, column, { cell, name, rules });
    }
    const said = states
      .map(({ at, ...state }): StateCell => ({ ...state, text: textOf(cells[at] ?? "") }))
      .filter(({ text }) => !isBlank(text));
    const { extras, ...completion } = readCompletion(said, rules);
    return { ...task, ...completion, extras: [...(task.extras ?? []), ...extras] };
  });
}

interface About {
  column: Column | undefined;
  name: string;
  texts: readonly string[];
}

const isState = (column: Column | undefined): column is StateCell["column"] =>
  column === "completed" || column === "status" || column === "completedAt";
const isBlank = (cell: Cell) => textOf(cell).trim() === "";
/** As programs fill the columns that nobody uses. */
const saysNothing = (texts: readonly string[]) =>
  texts.every((text) => /^(false|falsch|0|0[.,]0+)?$/i.test(text.trim()));
const textOf = (cell: Cell) => (typeof cell === "string" ? cell : cell.join(", "));
const fieldOf = (column: Column): string => (column === "status" ? "completed" : column);

interface Putting {
  cell: Cell;
  name: string;
  rules: DayRules;
}

/** Puts a cell where it belongs; what cannot be read stays as it is, for the schema to refuse. */
function put(task: FoundTask, column: Column | undefined, { cell, name, rules }: Putting): void {
  const text = textOf(cell);
  const add = (...extras: Extra[]) => {
    task.extras = [...(task.extras ?? []), ...extras];
  };
  switch (column) {
    case "title":
      task.title = text;
      return;
    case "notes":
      task.notes = text;
      return;
    case "dueDate": {
      const moment = readDay(text, rules);
      task.dueDate = dueOf(text, moment);
      if (moment?.time) add({ kind: "time", text: moment.time });
      return;
    }
    case "priority":
      task.priority = readPriority(text) ?? text;
      return;
    case "createdAt":
      task.createdAt = instantIn(text, rules) ?? (isNoDay(text) ? undefined : text);
      return;
    case "tags":
      task.tags = [...(task.tags ?? []), ...listIn(cell)];
      return;
    case "list":
      task.lists = [...(task.lists ?? []), ...(typeof cell === "string" ? [cell] : cell)];
      return;
    case "ignored":
    case "completed":
    case "completedAt":
    case "status":
      return;
    case undefined:
    case "content":
      add({ kind: "other", name, text });
      return;
    default:
      add({ kind: column, text });
  }
}

/** Separated as an export of ours does it, or by commas or lines; or words of which each has its mark. */
function listIn(cell: Cell): readonly string[] {
  if (typeof cell !== "string") return cell;
  if (/^\s*#\S+(\s+#\S+)*\s*$/.test(cell))
    return (cell.match(/#\S+/g) ?? []).map((tag) => tag.slice(1));
  return /[;\\]/.test(cell) ? splitTags(cell) : cell.split(/[,\r\n]/);
}
