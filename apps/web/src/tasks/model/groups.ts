import type { Task } from "@taskbridge/contract";
import type { Day } from "./days.ts";
import { sortIn, type ViewState } from "./view.ts";

/** Under what tasks stand together: one day, or all that are overdue. */
export type Group = "overdue" | Day;

/** The groups of a list that is read by the day, each by the id of its first task; other lists have none. */
export function groupStarts(
  tasks: readonly Task[],
  state: Pick<ViewState, "view" | "sort">,
  today: Day,
): ReadonlyMap<string, Group> {
  const byDay = (state.view === "today" || state.view === "upcoming") && sortIn(state) === "due";
  const starts = new Map<Group, string>();
  for (const { id, dueDate } of byDay ? tasks : []) {
    if (!dueDate) continue;
    const group = dueDate < today ? "overdue" : dueDate;
    if (!starts.has(group)) starts.set(group, id);
  }
  // Then the list's own name says it.
  if (starts.size === 1 && starts.has(today)) starts.clear();
  return new Map([...starts].map(([group, id]) => [id, group]));
}
