import type { ManyChange, Task, TaskChanges } from "@taskbridge/contract";
import { MAX_CHANGED_TASKS, MAX_TAGS } from "@taskbridge/contract/rules";
import type { Act } from "./change.ts";
import { withChanges } from "./change.ts";

/** One change to many tasks, as they were before it. */
export interface ManyStep {
  change: ManyChange;
  tasks: readonly Task[];
}

/** Which fields the change gives a task other values; none where it is as the change wants it. */
export function changesFor(change: ManyChange, task: Task): TaskChanges {
  const { addTag, removeTag, deleted: _, ...fields } = change;
  if (addTag !== undefined) {
    const hasRoom = task.tags.length < MAX_TAGS && !task.tags.includes(addTag);
    return hasRoom ? { tags: [...task.tags, addTag] } : {};
  }
  if (removeTag !== undefined) {
    const has = task.tags.includes(removeTag);
    return has ? { tags: task.tags.filter((tag) => tag !== removeTag) } : {};
  }
  const differs = (Object.keys(fields) as (keyof typeof fields)[]).some(
    (field) => task[field] !== fields[field],
  );
  return differs ? fields : {};
}

/** Whether the change does anything to a task. */
export const concerns = (change: ManyChange, task: Task): boolean =>
  change.deleted !== undefined || Object.keys(changesFor(change, task)).length > 0;

/** The change to one task, to be sent by itself. */
export function actOf(change: ManyChange, task: Task): Act {
  if (change.deleted !== undefined) return { kind: change.deleted ? "delete" : "restore", task };
  return { kind: "update", task, changes: changesFor(change, task) };
}

/** The task once the server has made the change; null where that is gone. */
export function afterMany(change: ManyChange, task: Task): Task | null {
  if (change.deleted) return null;
  return { ...withChanges(task, changesFor(change, task)), version: task.version + 1 };
}

/** What makes a change undone: the same with what the tasks had before, for each value by itself. */
export function undoing({ change, tasks }: ManyStep): ManyStep[] {
  const groups = new Map<string, ManyStep & { tasks: Task[] }>();
  for (const task of tasks) {
    const inverse = inverseFor(change, task);
    const key = JSON.stringify(inverse);
    const group = groups.get(key) ?? { change: inverse, tasks: [] };
    groups.set(key, group);
    group.tasks.push(afterMany(change, task) ?? task);
  }
  return [...groups.values()];
}

function inverseFor(change: ManyChange, task: Task): ManyChange {
  if (change.deleted !== undefined) return { deleted: !change.deleted };
  if (change.addTag !== undefined) return { removeTag: change.addTag };
  if (change.removeTag !== undefined) return { addTag: change.removeTag };
  if (change.priority !== undefined) return { priority: task.priority };
  if (change.dueDate !== undefined) return { dueDate: task.dueDate };
  return { completed: task.completed };
}

/** In parts that one call each takes. */
export const inParts = (steps: readonly ManyStep[]): ManyStep[] =>
  steps.flatMap(({ change, tasks }) =>
    Array.from({ length: Math.ceil(tasks.length / MAX_CHANGED_TASKS) }, (_, at) => ({
      change,
      tasks: tasks.slice(at * MAX_CHANGED_TASKS, (at + 1) * MAX_CHANGED_TASKS),
    })),
  );

export const countOf = (steps: readonly ManyStep[]): number =>
  steps.reduce((count, { tasks }) => count + tasks.length, 0);
