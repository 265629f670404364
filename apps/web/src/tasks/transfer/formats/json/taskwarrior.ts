import type { Priority } from "@taskbridge/contract/rules";
import type { FileTasks, ReadRules } from "../../file-tasks.ts";
import type { Extra, ExtraKind, FoundTask } from "../../found-task.ts";
import { pastInstantOf } from "../../instants.ts";
import { readInstant } from "../../read-day.ts";
import { isObject, type JsonFile, type JsonObject, listIn, textIn } from "./json-file.ts";

// `task export`: https://taskwarrior.org/docs/design/task/. Its times are of UTC.

export const isTaskwarrior = (value: unknown) =>
  Array.isArray(value) &&
  value.length > 0 &&
  value
    .filter(isObject)
    .some((item) => "description" in item && "status" in item && "uuid" in item);

const priorities: Record<string, Priority> = { H: "high", M: "medium", L: "low" };
const dates: [name: string, kind: ExtraKind][] = [
  ["scheduled", "start"],
  ["wait", "start"],
  ["until", "deadline"],
];
/** What the program keeps for itself, or what is read below. */
const known = new Set(
  "id,uuid,description,status,entry,modified,start,end,due,scheduled,wait,until,recur,rtype,mask,imask,parent,project,priority,tags,annotations,depends,urgency,last,template".split(
    ",",
  ),
);

export function readTaskwarrior({ value, lineOf }: JsonFile, { timeZone }: ReadRules): FileTasks {
  const leftOut = { deleted: 0, template: 0 };
  const items = listIn(value);
  const titles = new Map(
    items.filter(isObject).map(({ uuid, description }) => [uuid, textIn(description)]),
  );
  const tasks = items.flatMap((item, at): FoundTask[] => {
    const line = lineOf(at);
    if (!isObject(item)) return [{ line, title: "", broken: true }];
    if (item.status === "deleted") leftOut.deleted += 1;
    // Each repetition of it is a task of its own.
    else if (item.status === "recurring") leftOut.template += 1;
    else return [{ line, ...readTask(item, { titles, timeZone }) }];
    return [];
  });
  return { source: "taskwarrior", tasks, leftOut };
}

interface Around {
  titles: ReadonlyMap<unknown, string>;
  timeZone: string | undefined;
}

function readTask(item: JsonObject, { titles, timeZone }: Around): Omit<FoundTask, "line"> {
  const due = readInstant(textIn(item.due), timeZone);
  const completed = item.status === "completed";
  const letter = textIn(item.priority);
  // Before 2.5 it was one text.
  const depends = Array.isArray(item.depends) ? item.depends : textIn(item.depends).split(",");
  return {
    title: textIn(item.description),
    notes: "",
    dueDate: item.due === undefined ? undefined : (due?.day ?? textIn(item.due)),
    priority: letter ? (priorities[letter] ?? "none") : "none",
    completed,
    completedAt: completed ? pastInstantOf(textIn(item.end)) : undefined,
    createdAt: pastInstantOf(textIn(item.entry)),
    tags: listIn(item.tags).map(textIn),
    lists: [textIn(item.project)],
    extras: [
      { kind: "time", text: due?.time ?? "" },
      { kind: "priority", text: letter in priorities ? "" : letter },
      { kind: "repeat", text: textIn(item.recur) },
      ...dates.map(([name, kind]): Extra => ({ kind, text: written(item[name], timeZone) })),
      ...depends.map((uuid): Extra => ({ kind: "related", text: titles.get(uuid) ?? "" })),
      ...listIn(item.annotations)
        .filter(isObject)
        .map(({ description }): Extra => ({ kind: "comment", text: textIn(description) })),
      ...Object.entries(item)
        .filter(([name]) => !known.has(name))
        .map(([name, value]): Extra => ({ kind: "other", name, text: textIn(value) })),
    ],
    names: { title: "description", dueDate: "due" },
  };
}

function written(value: unknown, timeZone: string | undefined): string {
  const moment = readInstant(textIn(value), timeZone);
  return moment ? [moment.day, moment.time].filter(Boolean).join(" ") : textIn(value);
}
