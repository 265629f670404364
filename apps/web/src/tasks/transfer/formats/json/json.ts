import { type FileTasks, type ReadRules, UnreadableFileError } from "../../file-tasks.ts";
import type { FoundTask } from "../../found-task.ts";
import { readAnyRows } from "../csv/csv.ts";
import type { Cell, NamedRow } from "../csv/rows.ts";
import { isGoogleTasks, readGoogleTasks } from "./google-tasks.ts";
import { isObject, type JsonFile, listIn, parseJson, textIn } from "./json-file.ts";
import { isTaskwarrior, readTaskwarrior } from "./taskwarrior.ts";
import { isVikunja, readVikunja } from "./vikunja.ts";

/** The tasks of a JSON file: of an app that is known, or a list of objects. */
export function readJson(text: string, rules: ReadRules): FileTasks {
  const file = parseJson(text.replace(/^\ufeff/, ""));
  if (isTaskwarrior(file.value)) return readTaskwarrior(file, rules);
  if (isGoogleTasks(file.value)) return readGoogleTasks(file, rules);
  if (isVikunja(file.value)) return readVikunja(file, rules);
  return readList(file, rules);
}

function readList({ value, lineOf }: JsonFile, rules: ReadRules): FileTasks {
  const path = isObject(value) && Array.isArray(value.tasks) ? ["tasks"] : [];
  const list = listIn(isObject(value) ? value.tasks : value);
  if (!list.some(isObject)) throw new UnreadableFileError("noTasks");
  const names = [...new Set(list.filter(isObject).flatMap((item) => Object.keys(item)))];
  const isOwn = ["id", "title", "dueDate", "version"].every((name) => names.includes(name));
  const rows: NamedRow[] = [];
  const broken: FoundTask[] = [];
  for (const [at, item] of list.entries()) {
    const line = lineOf(...path, at);
    if (isObject(item)) {
      const cells = names.map((name) => cellOf(item[name]));
      rows.push({ line, cells, id: isOwn ? textIn(item.id) : undefined });
    } else broken.push({ line, title: textIn(item), broken: true });
  }
  const { tasks, guessedOrder } = readAnyRows(names, rows, rules);
  return { source: isOwn ? "taskbridge" : "json", guessedOrder, tasks: [...tasks, ...broken] };
}

function cellOf(value: unknown): Cell {
  if (value === null || value === undefined) return "";
  if (typeof value === "string") return value;
  const texts = listIn(value).map(wordOf);
  return texts.length > 0 && texts.every(Boolean) ? texts : JSON.stringify(value);
}

/** A word of a list, or the name of what is in it. */
const wordOf = (item: unknown) =>
  isObject(item) && Object.keys(item).length < 4
    ? textIn(item.name) || textIn(item.title)
    : textIn(item);
