import type { FileTasks, ReadRules } from "../../file-tasks.ts";
import type { Extra, FoundTask } from "../../found-task.ts";
import { pastInstantOf } from "../../instants.ts";
import { dueOf, readDay } from "../../read-day.ts";
import { isObject, type JsonFile, type JsonObject, listIn, textIn } from "./json-file.ts";

// `Tasks.json` of Google Takeout: https://developers.google.com/tasks/reference/rest/v1/tasks in their lists.

export const isGoogleTasks = (value: unknown) =>
  isObject(value) && /^tasks#/.test(textIn(value.kind)) && Array.isArray(value.items);

export function readGoogleTasks({ value, lineOf }: JsonFile, rules: ReadRules): FileTasks {
  const tasks: FoundTask[] = [];
  let deleted = 0;
  const root = value as JsonObject;
  const isOneList = listIn(root.items).every(
    (item) => isObject(item) && item.kind === "tasks#task",
  );
  const lists = isOneList ? [root] : listIn(root.items).filter(isObject);
  for (const [listAt, list] of lists.entries()) {
    const items = listIn(list.items);
    const titles = new Map(items.filter(isObject).map(({ id, title }) => [id, textIn(title)]));
    for (const [at, item] of items.entries()) {
      const line = isOneList ? lineOf("items", at) : lineOf("items", listAt, "items", at);
      if (!isObject(item)) tasks.push({ line, title: textIn(item), broken: true });
      else if (item.deleted === true) deleted += 1;
      else {
        const parent = titles.get(item.parent) ?? "";
        tasks.push(readTask(item, { line, list: textIn(list.title), parent, rules }));
      }
    }
  }
  return { source: "googleTasks", tasks, leftOut: { deleted } };
}

interface Around {
  line: number;
  list: string;
  parent: string;
  rules: ReadRules;
}

function readTask(item: JsonObject, { line, list, parent, rules }: Around): FoundTask {
  const scheduled = listIn(item.scheduled_time).filter(isObject);
  const current = scheduled.find((time) => time.current === true) ?? scheduled.at(-1);
  const due = textIn(item.due) || textIn(current?.start);
  // Of `due` the day alone counts; its time is always midnight of UTC.
  const moment = readDay(item.due ? due.slice(0, 10) : due, rules);
  const completed = item.status === "completed";
  const links = listIn(item.links).filter(isObject);
  const assigned = item.assignmentInfo;
  return {
    line,
    title: textIn(item.title),
    notes: textIn(item.notes),
    dueDate: dueOf(due, moment),
    completed,
    completedAt: completed ? pastInstantOf(textIn(item.completed)) : undefined,
    createdAt: pastInstantOf(textIn(item.created)),
    lists: [list],
    extras: [
      { kind: "parent", text: parent },
      { kind: "time", text: moment?.time ?? "" },
      // How often is told nowhere: the id is of another file.
      { kind: "repeat", text: item.task_recurrence_id ? "✓" : "" },
      { kind: "priority", text: isStarred(item) ? "★" : "" },
      { kind: "link", text: isObject(assigned) ? textIn(assigned.linkToTask) : "" },
      ...links.map(
        (link): Extra => ({
          kind: "link",
          text: [textIn(link.description), textIn(link.link)].filter(Boolean).join(" "),
        }),
      ),
    ],
  };
}

const isStarred = (item: JsonObject) =>
  ["starred", "is_starred", "isStarred"].some((name) => item[name] === true);
