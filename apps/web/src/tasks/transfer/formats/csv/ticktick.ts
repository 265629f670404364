import type { Priority } from "@taskbridge/contract/rules";
import type { FileTasks, ReadRules } from "../../file-tasks.ts";
import type { Extra, FoundTask } from "../../found-task.ts";
import { pastInstantOf } from "../../instants.ts";
import { dueOf, readInstant, writeStart } from "../../read-day.ts";
import type { Table } from "./csv-table.ts";
import { cellsOf, hasColumns } from "./named-cells.ts";

// The backup of TickTick's web app: some lines about the file, then a table. Times are of UTC, and a day
// without a time is midnight where its owner was.

export const isTickTick = (table: Table) => hasColumns(table, "List Name", "Title", "Is All Day");

const priorities: Record<string, Priority> = { 0: "none", 1: "low", 3: "medium", 5: "high" };

export function readTickTick(table: Table, { timeZone }: ReadRules): FileTasks {
  const titles = new Map(
    table.rows.map((row) => [cellsOf(table, row)("taskId"), cellsOf(table, row)("Title")]),
  );
  const tasks = table.rows.map((row): FoundTask => {
    const cell = cellsOf(table, row);
    const zone = knownZone(cell("Timezone")) ?? timeZone;
    const due = cell("Due Date") || cell("Start Date");
    const allDay = /^true$/i.test(cell("Is All Day"));
    const momentAt = (text: string) => {
      const moment = readInstant(text, zone);
      return moment && allDay ? { day: moment.day } : moment;
    };
    const moment = momentAt(due);
    const start = cell("Due Date") ? cell("Start Date") : "";
    const [notes, checklist] = split(cell("Content"));
    const status = cell("Status").trim();
    const priority = cell("Priority").trim();
    return {
      line: row.line,
      title: cell("Title"),
      notes,
      dueDate: dueOf(due, moment),
      priority: priorities[priority] ?? (priority || "none"),
      // 0 is open, 1 completed, 2 completed and put away; less is what will not be done.
      completed: status !== "" && status !== "0",
      completedAt: status === "0" ? undefined : pastInstantOf(cell("Completed Time")),
      createdAt: pastInstantOf(cell("Created Time")),
      tags: cell("Tags").split(","),
      lists: [cell("Folder Name"), cell("List Name")],
      extras: (
        [
          { kind: "time", text: moment?.time ?? "" },
          { kind: "start", text: writeStart(start, momentAt(start), moment) },
          { kind: "repeat", text: cell("Repeat") },
          { kind: "reminder", text: cell("Reminder") },
          { kind: "checklist", text: checklist },
          { kind: "parent", text: titles.get(cell("parentId") || "none") ?? "" },
          { kind: "status", text: Number(status) < 0 ? "Won't do" : "" },
          { kind: "other", name: "Column", text: cell("Column Name") },
        ] satisfies Extra[]
      ).filter(({ text }) => text !== ""),
      names: {
        title: "Title",
        notes: "Content",
        dueDate: "Due Date",
        priority: "Priority",
        tags: "Tags",
      },
    };
  });
  return { source: "ticktick", tasks };
}

/** The content's lines, and those of its checklist as they are written elsewhere. */
function split(content: string): [notes: string, checklist: string] {
  const lines = content.replace(/\r\n?/g, "\n").split("\n");
  const isItem = (line: string) => /^[▫▪]/.test(line);
  return [
    lines.filter((line) => !isItem(line)).join("\n"),
    lines
      .filter(isItem)
      .map((line) => `- [${line.startsWith("▪") ? "x" : " "}] ${line.slice(1).trim()}`)
      .join("\n"),
  ];
}

function knownZone(name: string): string | undefined {
  try {
    return name
      ? new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone
      : undefined;
  } catch {
    return undefined;
  }
}
