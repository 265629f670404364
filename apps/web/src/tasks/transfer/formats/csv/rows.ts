import { splitTags } from "@taskbridge/contract/csv-cells";
import type { Extra, Field, FoundTask } from "../../found-task.ts";
import { type DayRules, instantOf, readDay } from "../../read-day.ts";
import { type Column, columnOf } from "./columns.ts";
import { readCompleted, readPriority } from "./words.ts";

/** A cell of a table, or a list that stands in one. */
export type Cell = string | readonly string[];

export interface NamedRow {
  line: number;
  cells: readonly Cell[];
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
  return rows
    .filter(({ cells }) => cells.some((cell) => textOf(cell).trim() !== ""))
    .map(({ line, cells }) => {
      const task: FoundTask = { line, title: "", names: named };
      // What spills over has moved the cells beside it: none of them is certain.
      if (cells.slice(names.length).some((cell) => textOf(cell).trim() !== "")) {
        return { ...task, broken: true };
      }
      for (const [at, column] of columns.entries()) {
        const cell = cells[at] ?? "";
        const isBlank = column === "notes" ? cell === "" : textOf(cell).trim() === "";
        if (!isBlank) put(task, column, { cell, name: names[at] || `${at + 1}`, rules });
      }
      return task;
    });
}

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
      task.dueDate = moment?.day ?? text;
      if (moment?.time) add({ kind: "time", text: moment.time });
      return;
    }
    case "priority":
      task.priority = readPriority(text) ?? text;
      return;
    case "completed": {
      const day = readDay(text, rules);
      task.completed = readCompleted(text) ?? (day ? true : text);
      if (day && task.completed === true) task.completedAt ??= instantIn(text, rules);
      return;
    }
    case "status": {
      const completed = readCompleted(text);
      if (completed === undefined) add({ kind: "status", text });
      else task.completed ??= completed;
      return;
    }
    case "completedAt":
      task.completedAt = instantIn(text, rules) ?? text;
      task.completed = true;
      return;
    case "createdAt":
      task.createdAt = instantIn(text, rules) ?? text;
      return;
    case "tags":
      task.tags = [...(task.tags ?? []), ...listIn(cell)];
      return;
    case "list":
      task.lists = [...(task.lists ?? []), ...(typeof cell === "string" ? [cell] : cell)];
      return;
    case "ignored":
      return;
    case undefined:
    case "content":
      add({ kind: "other", name, text });
      return;
    default:
      add({ kind: column, text });
  }
}

/** Where only a day is told, noon of it, which is the same day nearly everywhere. */
function instantIn(text: string, rules: DayRules): string | undefined {
  const instant = instantOf(text);
  if (instant) return instant;
  const moment = readDay(text, rules);
  return moment && instantOf(`${moment.day}T${moment.time ?? "12:00"}:00Z`);
}

/** Separated as an export of ours does it, or by commas. */
const listIn = (cell: Cell) =>
  typeof cell !== "string" ? cell : /[;\\]/.test(cell) ? splitTags(cell) : cell.split(",");
