import type { Priority } from "@taskbridge/contract/rules";
import type { FileTasks, ReadRules } from "../../file-tasks.ts";
import type { Extra, FoundTask } from "../../found-task.ts";
import { readDay } from "../../read-day.ts";
import { labelsAtEnds } from "../labels.ts";
import type { Table } from "./csv-table.ts";
import { cellsOf, hasColumns } from "./named-cells.ts";

// https://todoist.com/help/articles/format-a-csv-file-to-import-into-todoist-UVUXTmm6

export const isTodoist = (table: Table) => hasColumns(table, "TYPE", "CONTENT", "INDENT");

/** Here 1 is the most urgent; 4 is what a task has of which nothing is said. */
const priorities: Record<string, Priority> = { 1: "high", 2: "medium", 3: "low", 4: "none" };

export function readTodoist(table: Table, rules: ReadRules): FileTasks {
  const tasks: FoundTask[] = [];
  /** The last task of each depth. */
  const above: string[] = [];
  // A backup has a file for each project, with its name and its number in brackets.
  const project = /^(.+?) \[\w+\]\.csv$/i.exec(rules.name)?.[1];
  let section: string | undefined;
  for (const row of table.rows) {
    const cell = cellsOf(table, row);
    const content = cell("CONTENT");
    switch (cell("TYPE").toLowerCase()) {
      case "section":
        section = content;
        break;
      case "note": {
        const last = tasks.at(-1);
        if (last) last.extras = [...(last.extras ?? []), { kind: "comment", text: content }];
        break;
      }
      case "task": {
        const { title, labels } = labelsAtEnds(content, "@");
        const depth = Math.max(1, Number(cell("INDENT")) || 1);
        const parent = above.slice(0, depth - 1).at(-1);
        above.splice(depth - 1, above.length, title);
        const { due, extras } = dateOf(cell("DATE"), rules);
        tasks.push({
          line: row.line,
          title,
          notes: cell("DESCRIPTION"),
          dueDate: due,
          priority: priorities[cell("PRIORITY").trim()] ?? (cell("PRIORITY").trim() || "none"),
          tags: labels,
          lists: [project, section].flatMap((list) => list ?? []),
          extras: [
            ...(parent ? [{ kind: "parent" as const, text: parent }] : []),
            ...extras,
            {
              kind: "duration",
              text: [cell("DURATION"), cell("DURATION_UNIT")].join(" ").replace(/^None.*|^ .*/, ""),
            },
            { kind: "deadline", text: cell("DEADLINE") },
            { kind: "assignee", text: cell("RESPONSIBLE") },
          ],
          names: { title: "CONTENT", notes: "DESCRIPTION", dueDate: "DATE", priority: "PRIORITY" },
        });
      }
    }
  }
  return { source: "todoist", tasks };
}

/** A day, with a time or without; a repetition; or words that were said of a day nobody knows any more. */
function dateOf(text: string, rules: ReadRules): { due?: string; extras: Extra[] } {
  if (text.trim() === "") return { extras: [] };
  const moment = readDay(text, rules);
  if (!moment)
    return { extras: [{ kind: /^(every|jede|ev\b)/i.test(text.trim()) ? "repeat" : "day", text }] };
  return { due: moment.day, extras: moment.time ? [{ kind: "time", text: moment.time }] : [] };
}
