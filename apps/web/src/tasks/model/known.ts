import type { Task } from "@taskbridge/contract";
import { compareBy, matches } from "./listing.ts";
import type { ListQuery } from "./view.ts";

/** A list as the server gave it. */
export interface LoadedList {
  query: ListQuery;
  tasks: readonly Task[];
  /** Whether there is nothing behind what is loaded. */
  complete: boolean;
}

/**
 * All tasks that are known: those of the loaded lists, and what was known before, unless it would stand
 * in one of them if there still were such a task.
 */
export function knownTasks(lists: readonly LoadedList[], before: readonly Task[]): Task[] {
  const known = new Map<string, Task>();
  for (const task of lists.flatMap(({ tasks }) => tasks)) {
    const other = known.get(task.id);
    if (!other || other.version < task.version) known.set(task.id, task);
  }
  const isMissing = (task: Task) =>
    lists.some(({ query, tasks, complete }) => {
      const last = tasks.at(-1);
      const isLoaded = complete || (last && compareBy(query)(task, last) < 0);
      return isLoaded && matches(task, query);
    });
  const others = before.filter((task) => !known.has(task.id) && !isMissing(task));
  return [...known.values(), ...others];
}

/** The part of them that a list would have. */
export const listed = (tasks: readonly Task[], query: ListQuery): Task[] =>
  tasks.filter((task) => matches(task, query)).sort(compareBy(query));
