import type { TaskCounts } from "@taskbridge/contract";
import { addDays, type Day } from "./days.ts";
import type { ListQuery } from "./view.ts";

/** How many tasks a list has by the counts; undefined where they do not tell. */
export function countOf(
  { status, q, priority, tag, dueBefore, dueAfter }: ListQuery,
  counts: TaskCounts,
  today: Day,
): number | undefined {
  if (q || priority) return undefined;
  const { open, completed, overdue, upcoming } = counts;
  const isPlain = !dueBefore && !dueAfter;
  if (tag) {
    const counted = counts.tags.find((other) => other.tag === tag);
    return counted && isPlain && status === "open" ? counted.open : undefined;
  }
  if (isPlain) return { open, completed, all: open + completed }[status];
  if (status !== "open") return undefined;
  const [yesterday, tomorrow] = [addDays(today, -1), addDays(today, 1)];
  if (!dueBefore) return dueAfter === today ? upcoming : undefined;
  if (!dueAfter && dueBefore === today) return overdue;
  if (!dueAfter && dueBefore === tomorrow) return overdue + counts.today;
  return dueAfter === yesterday && dueBefore === tomorrow ? counts.today : undefined;
}
