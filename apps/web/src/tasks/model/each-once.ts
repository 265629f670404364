import type { Task } from "@taskbridge/contract";

/**
 * A list with each task once, as it was read last. Pages are read one after the other, and what moved between
 * two reads is in both. The key is what the page knows a task by.
 */
export function eachOnce(tasks: Task[], keyOf: (id: string) => string): Task[] {
  const seen = new Map<string, Task>();
  for (const task of tasks) {
    const key = keyOf(task.id);
    const other = seen.get(key);
    if (!other || other.version < task.version) seen.set(key, task);
  }
  if (seen.size === tasks.length) return tasks;
  return tasks.filter((task) => seen.get(keyOf(task.id)) === task);
}
