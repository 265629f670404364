import type { Task, TaskCounts } from "@taskbridge/contract";
import { compareTags } from "@taskbridge/contract/rules";
import type { Day } from "./days.ts";
import type { View } from "./view.ts";

/** The counts after one task was `before` and is `now`; null stands for none. */
export function recount(
  counts: TaskCounts,
  before: Task | null,
  now: Task | null,
  today: Day,
): TaskCounts {
  return add(add(counts, before, -1, today), now, 1, today);
}

function add(counts: TaskCounts, task: Task | null, by: 1 | -1, today: Day): TaskCounts {
  if (!task) return counts;
  const open = task.completed ? 0 : by;
  const due = task.completed ? undefined : dueIn(task, today);
  const dueBy = (part: Due) => Math.max(0, counts[part] + (due === part ? by : 0));
  const tags = task.tags.reduce((all, tag) => addTag(all, tag, by, task.completed), counts.tags);
  return {
    open: Math.max(0, counts.open + open),
    completed: Math.max(0, counts.completed + by - open),
    overdue: dueBy("overdue"),
    today: dueBy("today"),
    upcoming: dueBy("upcoming"),
    tags,
  };
}

/** How many tasks a list has; of those that were deleted nobody counts. */
export function totalIn(counts: TaskCounts, view: View): number | undefined {
  switch (view) {
    case "today":
      return counts.overdue + counts.today;
    case "all":
      return counts.open + counts.completed;
    case "deleted":
      return undefined;
    default:
      return counts[view];
  }
}

type Due = "overdue" | "today" | "upcoming";

function dueIn({ dueDate }: Task, today: Day): Due | undefined {
  if (dueDate === null) return undefined;
  if (dueDate === today) return "today";
  return dueDate < today ? "overdue" : "upcoming";
}

function addTag(tags: TaskCounts["tags"], tag: string, by: number, completed: boolean) {
  const known = tags.find((entry) => entry.tag === tag) ?? { tag, open: 0, completed: 0 };
  const field = completed ? "completed" : "open";
  const changed = { ...known, [field]: Math.max(0, known[field] + by) };
  const others = tags.filter((entry) => entry.tag !== tag);
  if (changed.open + changed.completed === 0) return others;
  return [...others, changed].sort((a, b) => compareTags(a.tag, b.tag));
}
