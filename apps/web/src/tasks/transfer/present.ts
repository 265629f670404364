import type { Task } from "@taskbridge/contract";
import type { PreparedTask } from "./prepare.ts";

type Likeness = Pick<Task, "title" | "notes" | "dueDate">;

const likenessOf = ({ title, notes, dueDate }: Likeness) =>
  JSON.stringify([title, notes, dueDate ?? null]);

/**
 * Which tasks of a file are here already: by the id that an export has, or else by title, notes and day. Two that
 * are alike in the file are here where there are two here.
 */
export function findPresent(
  prepared: readonly PreparedTask[],
  here: readonly (Likeness & { id: string })[],
): Set<PreparedTask> {
  const left = new Map(here.map((task) => [task.id, task]));
  const alike = new Map<string, string[]>();
  const take = (id: string) => left.delete(id);
  const present = new Set(prepared.filter(({ id }) => id !== undefined && take(id)));
  for (const task of left.values()) {
    const key = likenessOf(task);
    alike.set(key, [...(alike.get(key) ?? []), task.id]);
  }
  for (const task of prepared) {
    if (present.has(task)) continue;
    const { title, notes, dueDate } = task.value;
    const id = alike.get(likenessOf({ title, notes, dueDate: dueDate as string | null }))?.pop();
    if (id !== undefined) present.add(task);
  }
  return present;
}
