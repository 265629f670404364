import type { TaskCounts } from "@taskbridge/contract";
import type { Day } from "./days.ts";
import { isWhole, type Known, listed } from "./known.ts";
import { type ListView, plainView, queryOf } from "./view.ts";

export interface DatedCounts {
  /** The day for which they were made; null where nobody knows. */
  today: Day | null;
  counts: TaskCounts;
}

/**
 * Counts that the server made earlier, perhaps on another day, for lists that are made of what is known:
 * of those that are whole, the number of their rows.
 */
export function countKnown(earlier: DatedCounts, known: Known, today: Day): TaskCounts | undefined {
  const { counts } = earlier;
  const query = (view: ListView) => queryOf({ ...plainView, view }, today);
  const rows = (view: ListView) => listed(known.tasks, query(view)).length;
  const isKnown = (view: ListView) => isWhole(known, query(view));
  const open = isKnown("open") ? rows("open") : counts.open;
  const completed = isKnown("completed") ? rows("completed") : counts.completed;
  if (!isKnown("today")) {
    return earlier.today === today ? { ...counts, open, completed } : undefined;
  }
  const overdue = rows("overdue");
  const dueToday = rows("today") - overdue;
  const due = counts.overdue + counts.today + counts.upcoming;
  const upcoming = isKnown("upcoming") ? rows("upcoming") : Math.max(0, due - rows("today"));
  return { ...counts, open, completed, overdue, today: dueToday, upcoming };
}
