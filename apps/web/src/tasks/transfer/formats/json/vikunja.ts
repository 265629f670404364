import type { FileTasks, ReadRules } from "../../file-tasks.ts";
import type { FoundTask } from "../../found-task.ts";
import { isObject, type JsonFile, type JsonObject, listIn, textIn } from "./json-file.ts";
import { readVikunjaTask } from "./vikunja-task.ts";

// `data.json` of Vikunja's export: projects with their tasks, in old ones within namespaces; or a list of tasks, as
// its API answers it.

type Path = (string | number)[];

const hasDay = (item: JsonObject) => "due_date" in item && "done" in item;
const hasAny = (item: JsonObject, names: readonly string[]) => names.some((name) => name in item);
/** Other programs' tasks have days as well, and other things that are not looked for here. */
const isTask = (item: JsonObject) =>
  hasDay(item) &&
  hasAny(item, [
    "done_at",
    "percent_done",
    "repeat_after",
    "related_tasks",
    "project_id",
    "list_id",
  ]);
const inside = ["tasks", "lists", "projects", "child_projects"];
const isProject = (item: JsonObject) =>
  textIn(item.title) !== "" &&
  hasAny(item, inside) &&
  hasAny(item, ["views", "buckets", "hex_color", "identifier", "is_archived"]);
const holdsDays = (item: JsonObject): boolean =>
  inside.some((name) =>
    listIn(item[name]).some((one) => isObject(one) && (hasDay(one) || holdsDays(one))),
  );

export function isVikunja(value: unknown): boolean {
  const isOne = (item: unknown) =>
    isObject(item) && (isTask(item) || isProject(item) || ("title" in item && holdsDays(item)));
  return isOne(value) || listIn(isObject(value) ? value.tasks : value).some(isOne);
}

export function readVikunja({ value, lineOf }: JsonFile, rules: ReadRules): FileTasks {
  const readAll = (items: readonly unknown[], path: Path, lists: readonly string[]): FoundTask[] =>
    items.flatMap((item, at) => readOne(item, [...path, at], lists));
  function readOne(item: unknown, path: Path, lists: readonly string[]): FoundTask[] {
    const line = lineOf(...path);
    if (!isObject(item)) return [{ line, title: textIn(item), broken: true }];
    const isWithin = path.at(-2) === "tasks";
    if (hasDay(item) || (isWithin && !isProject(item))) {
      return [readVikunjaTask(item, { line, lists, rules })];
    }
    const around = [...lists, textIn(item.title)];
    return inside.flatMap((name) => readAll(listIn(item[name]), [...path, name], around));
  }
  const tasks = Array.isArray(value) ? readAll(value, [], []) : readOne(value, [], []);
  return { source: "vikunja", tasks };
}
