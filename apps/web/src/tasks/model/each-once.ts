import type { Task } from "@taskbridge/contract";

/**
 * A list with each task once, as it was read last. Pages are read one after the other, and what moved between
 * two reads is in both. The key is what the page knows a task by.
 */
export function eachOnce(tasks: Task[], keyOf: (id: string) => string): Task[] {
  const seen = newest(tasks, keyOf);
  if (seen.size === tasks.length) return tasks;
  return tasks.filter((task) => seen.get(keyOf(task.id)) === task);
}

/** The newest version of each task, by its key. */
export function newest(
  tasks: readonly Task[],
  keyOf: (id: string) => string = (id) => id,
): Map<string, Task> {
  const byKey = new Map<string, Task>();
  for (const task of tasks) {
    const key = keyOf(task.id);
    const other = byKey.get(key);
    if (!other || other.version < task.version) byKey.set(key, task);
  }
  return byKey;
}
