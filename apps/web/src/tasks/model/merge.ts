import type { Task, TaskChanges } from "@taskbridge/contract";

export type Field = keyof TaskChanges;

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/** The fields of `changes` that differ from a task's. */
export const differing = (changes: TaskChanges, task: Task): Field[] =>
  (Object.keys(changes) as Field[]).filter((field) => !same(changes[field], task[field]));

/**
 * A change to `base`, made to `fresh` instead: what others have changed stays where it is not named,
 * tags go together, and `clashes` are the fields that both sides changed, differently.
 */
export function mergeChanges(
  changes: TaskChanges,
  base: Task,
  fresh: Task,
): { changes: TaskChanges; clashes: Field[] } {
  const merged = { ...changes };
  if (changes.tags) merged.tags = mergeTags(changes.tags, base.tags, fresh.tags);
  const clashes = differing(merged, fresh).filter(
    (field) => field !== "tags" && !same(fresh[field], base[field]),
  );
  return { changes: merged, clashes };
}

/** Those of `changes` that nobody else stands in the way of. */
export const unopposed = (changes: TaskChanges, clashes: readonly Field[]): TaskChanges =>
  Object.fromEntries(
    Object.entries(changes).filter(([field]) => !clashes.includes(field as Field)),
  );

/** What was added and taken away here, done to theirs. */
function mergeTags(mine: string[], base: string[], theirs: string[]): string[] {
  const added = mine.filter((tag) => !base.includes(tag) && !theirs.includes(tag));
  return [...theirs.filter((tag) => mine.includes(tag) || !base.includes(tag)), ...added];
}
