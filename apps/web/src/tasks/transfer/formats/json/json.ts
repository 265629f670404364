import { type FileTasks, type ReadRules, UnreadableFileError } from "../../file-tasks.ts";
import { readAnyRows } from "../csv/csv.ts";
import type { Cell } from "../csv/rows.ts";
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
  const items = list.map((item, at) => ({ item, line: lineOf(...path, at) }));
  const rows = items.flatMap(({ item, line }) =>
    isObject(item) ? [{ line, cells: names.map((name) => cellOf(item[name])) }] : [],
  );
  const { tasks, guessedOrder } = readAnyRows(names, rows, rules);
  const isOwn = ["id", "title", "dueDate", "version"].every((name) => names.includes(name));
  const ids = new Map(items.map(({ item, line }) => [line, isObject(item) ? textIn(item.id) : ""]));
  return {
    source: isOwn ? "taskbridge" : "json",
    guessedOrder,
    tasks: [
      ...tasks.map((task) => ({ ...task, id: isOwn ? ids.get(task.line) : undefined })),
      ...items.flatMap(({ item, line }) =>
        isObject(item) ? [] : [{ line, title: "", broken: true }],
      ),
    ],
  };
}

function cellOf(value: unknown): Cell {
  if (value === null || value === undefined) return "";
  if (typeof value === "string") return value;
  const isTexts = Array.isArray(value) && value.every((item) => typeof item === "string");
  return isTexts ? value : JSON.stringify(value);
}
