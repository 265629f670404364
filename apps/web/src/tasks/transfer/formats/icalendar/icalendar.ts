import type { FileTasks, ReadRules } from "../../file-tasks.ts";
import type { FoundTask } from "../../found-task.ts";
import { isInFile } from "./attachments.ts";
import { parseBlock, splitCalendars, textAt } from "./blocks.ts";
import { readTodo, textOf } from "./todo.ts";

// RFC 5545, of which tasks are VTODO.

/** Each task is read by itself: one that is broken takes no other along. */
export function readICalendar(text: string, rules: ReadRules): FileTasks {
  const { todos, events } = splitCalendars(text);
  const read = todos.map((block) => ({ ...block, component: parseBlock(block.lines) }));
  const titles = new Map(
    read.flatMap(({ component }) => {
      const uid = component?.getFirstPropertyValue("uid");
      return component && uid ? [[String(uid), textOf(component, "summary")]] : [];
    }),
  );
  const names = new Map(
    [...new Set(todos.map(({ calendar }) => calendar))].map((calendar) => [
      calendar,
      textAt(calendar, "X-WR-CALNAME"),
    ]),
  );
  let attachments = 0;
  const tasks = read.map(({ line, lines, calendar, component }): FoundTask => {
    if (!component) return { line, title: textAt(lines, "SUMMARY"), broken: true };
    attachments += component.getAllProperties("attach").filter(isInFile).length;
    return {
      line,
      ...readTodo(component, { lines, list: names.get(calendar) ?? "", titles, rules }),
    };
  });
  return { source: "icalendar", tasks, leftOut: { event: events, attachment: attachments } };
}
