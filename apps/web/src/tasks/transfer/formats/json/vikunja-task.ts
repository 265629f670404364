import type { Priority } from "@taskbridge/contract/rules";
import type { ReadRules } from "../../file-tasks.ts";
import type { Extra, FoundTask } from "../../found-task.ts";
import { pastInstantOf } from "../../instants.ts";
import { dueOf, readDay, readInstant, writeStart } from "../../read-day.ts";
import { textOfHtml } from "./html.ts";
import { isObject, type JsonObject, listIn, textIn } from "./json-file.ts";

/** From "unset" to "do now". */
const priorities: Priority[] = ["none", "low", "medium", "high", "high", "high"];

interface Around {
  line: number;
  lists: readonly string[];
  rules: ReadRules;
}

export function readVikunjaTask(item: JsonObject, { line, lists, rules }: Around): FoundTask {
  const momentOf = (value: unknown) =>
    readInstant(textIn(value), rules.timeZone) ?? readDay(textIn(value), rules);
  const momentIn = (value: unknown) => writeStart(textIn(value), momentOf(value));
  const due = momentOf(item.due_date);
  const urgency = Number(item.priority) || 0;
  const related = isObject(item.related_tasks) ? item.related_tasks : {};
  const titles = (name: string) =>
    listIn(related[name])
      .filter(isObject)
      .map(({ title }) => textIn(title));
  return {
    line,
    title: textIn(item.title),
    notes: textOfHtml(textIn(item.description)),
    dueDate: dueOf(textIn(item.due_date), due),
    priority: priorities[urgency] ?? "high",
    completed: item.done === true,
    completedAt: item.done === true ? pastInstantOf(textIn(item.done_at)) : undefined,
    createdAt: pastInstantOf(textIn(item.created)),
    tags: listIn(item.labels)
      .filter(isObject)
      .map(({ title }) => textIn(title)),
    lists,
    extras: [
      { kind: "time", text: due?.time ?? "" },
      { kind: "priority", text: urgency > 3 ? String(urgency) : "" },
      { kind: "start", text: momentIn(item.start_date) },
      { kind: "deadline", text: momentIn(item.end_date) },
      { kind: "repeat", text: repetitionOf(item) },
      { kind: "status", text: percentOf(Number(item.percent_done) || 0) },
      ...listIn(item.reminders).map(
        (reminder): Extra => ({
          kind: "reminder",
          text: textIn(isObject(reminder) ? reminder.reminder : reminder),
        }),
      ),
      ...titles("parenttask").map((text): Extra => ({ kind: "parent", text })),
      ...Object.keys(related)
        .filter((name) => name !== "parenttask" && name !== "subtask")
        .flatMap((name) => titles(name).map((text): Extra => ({ kind: "related", text }))),
      ...listIn(item.assignees)
        .filter(isObject)
        .map(
          ({ name, username }): Extra => ({
            kind: "assignee",
            text: textIn(name) || textIn(username),
          }),
        ),
      ...listIn(item.comments)
        .filter(isObject)
        .map(({ comment }): Extra => ({ kind: "comment", text: textOfHtml(textIn(comment)) })),
      ...listIn(item.attachments)
        .filter(isObject)
        .map(
          ({ file }): Extra => ({
            kind: "attachment",
            text: isObject(file) ? textIn(file.name) : "",
          }),
        ),
    ],
    names: { dueDate: "due_date" },
  };
}

const percentOf = (part: number) => (part > 0 ? `${Math.round(part * 100)} %` : "");

/** In seconds, or by the month. */
function repetitionOf({ repeat_after: after, repeat_mode: mode }: JsonObject): string {
  if (mode === 1) return "FREQ=MONTHLY";
  const seconds = Number(after) || 0;
  if (seconds === 0) return "";
  return seconds % 86_400 === 0
    ? `FREQ=DAILY;INTERVAL=${seconds / 86_400}`
    : `FREQ=SECONDLY;INTERVAL=${seconds}`;
}
