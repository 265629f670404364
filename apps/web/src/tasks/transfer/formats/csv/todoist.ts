import type { Priority } from "@taskbridge/contract/rules";
import { orderIn } from "../../day-order.ts";
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
  const days = table.rows.map((row) => cellsOf(table, row)("DATE"));
  const { order, guessedOrder } = orderIn(days, rules.order);
  const tasks: FoundTask[] = [];
  /** The last task of each depth. */
  const above: string[] = [];
  // A backup has a file for each project, with its name and its number in brackets.
  const project = /^(.+?) \[\w+\]\.csv$/i.exec(rules.name)?.[1];
  let section: string | undefined;
  let comments = 0;
  for (const row of table.rows) {
    const cell = cellsOf(table, row);
    const content = cell("CONTENT");
    const type = cell("TYPE").trim().toLowerCase();
    if (type === "section") section = content;
    else if (type === "note") {
      const last = tasks.at(-1);
      if (last) last.extras = [...(last.extras ?? []), { kind: "comment", text: content }];
      // A project's own stand before its first task.
      else comments += 1;
    } else if (type === "task") {
      const task = readTask(cell, { ...rules, order });
      const depth = Math.max(1, Number(cell("INDENT")) || 1);
      const parent = above.slice(0, depth - 1).at(-1) ?? "";
      above.splice(depth - 1, above.length, task.title);
      const lists = [project, section].flatMap((list) => list ?? []);
      tasks.push({
        ...{ line: row.line, ...task, lists },
        extras: [{ kind: "parent", text: parent }, ...(task.extras ?? [])],
      });
    } else if (type !== "meta" && [content, cell("DESCRIPTION"), type].some(Boolean)) {
      const unread = { field: "TYPE", text: cell("TYPE"), reason: "transfer.badType" } as const;
      tasks.push({ line: row.line, title: content, broken: true, unread });
    }
  }
  return { source: "todoist", tasks, guessedOrder, leftOut: { comment: comments } };
}

function readTask(cell: (name: string) => string, rules: ReadRules): Omit<FoundTask, "line"> {
  const { title, labels } = labelsAtEnds(cell("CONTENT"), "@");
  const { due, extras } = dateOf(cell("DATE"), rules);
  const priority = cell("PRIORITY").trim();
  const duration = [cell("DURATION"), cell("DURATION_UNIT")].join(" ");
  return {
    title,
    notes: cell("DESCRIPTION"),
    dueDate: due,
    priority: priorities[priority] ?? (priority || "none"),
    tags: labels,
    extras: [
      ...extras,
      { kind: "duration", text: duration.replace(/^None.*|^ .*/, "") },
      { kind: "deadline", text: cell("DEADLINE") },
      { kind: "assignee", text: cell("RESPONSIBLE") },
    ],
    names: { title: "CONTENT", notes: "DESCRIPTION", dueDate: "DATE", priority: "PRIORITY" },
  };
}

const repeats =
  /^(every|each|ev|after|jede[nrsm]?|alle|daily|weekly|biweekly|monthly|quarterly|yearly|annually|werktags|(werk)?täglich|wöchentlich|monatlich|vierteljährlich|halbjährlich|jährlich)(?!\p{L})/iu;

/** A day, with a time or without; a repetition; or words that were said of a day nobody knows any more. */
function dateOf(text: string, rules: ReadRules): { due?: string; extras: Extra[] } {
  if (text.trim() === "") return { extras: [] };
  const moment = readDay(text, rules);
  if (moment) {
    return { due: moment.day, extras: moment.time ? [{ kind: "time", text: moment.time }] : [] };
  }
  return { extras: [{ kind: repeats.test(text.trim()) ? "repeat" : "day", text }] };
}
