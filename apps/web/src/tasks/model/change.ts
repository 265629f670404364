import type { Task, TaskChanges } from "@taskbridge/contract";

/** A task that the server does not know yet has an id of this form. */
const LOCAL = "local-";
export const isLocal = (id: string) => id.startsWith(LOCAL);

/** One thing somebody did to one task, to be shown at once and to be sent. */
export type Change = {
  /** Also the key under which a retry of it is the same request. */
  id: string;
} & (
  | { kind: "create"; task: Task }
  /** `task` is what it was before: its version is the one that is changed. */
  | { kind: "update"; task: Task; changes: TaskChanges }
  | { kind: "delete"; task: Task }
  | { kind: "restore"; task: Task }
);

/** Whether there was no such task before. */
export const isNew = ({ kind }: Change) => kind === "create" || kind === "restore";

/** What is done to a task, without a name yet. */
export type Act = Change extends infer C ? (C extends Change ? Omit<C, "id"> : never) : never;

export const newId = () => crypto.randomUUID?.() ?? String(Math.random()).slice(2) + Date.now();

export const changeOf = (act: Act): Change => ({ ...act, id: newId() });

export type NewTask = Pick<Task, "title"> &
  Partial<Pick<Task, "dueDate" | "priority" | "tags" | "notes">>;

/** A new task as the server will most likely answer it. */
export function draftTask(task: NewTask, now: Date): Task {
  const at = now.toISOString();
  return {
    notes: "",
    dueDate: null,
    priority: "none",
    tags: [],
    ...task,
    id: LOCAL + newId(),
    completed: false,
    completedAt: null,
    version: 1,
    createdAt: at,
    updatedAt: at,
  };
}

/** The task with the fields that a change names. */
export function withChanges(task: Task, changes: TaskChanges): Task {
  const { completed = task.completed } = changes;
  const completedAt = completed ? (task.completedAt ?? new Date().toISOString()) : null;
  return { ...task, ...changes, completedAt };
}

/** The task after a change to it as it is now, null where it is gone. */
export function after(change: Change, now: Task | undefined): Task | null {
  switch (change.kind) {
    case "delete":
      return null;
    case "update":
      return withChanges(now ?? change.task, change.changes);
    default:
      return now ?? change.task;
  }
}

/** The act that makes a change undone; what it changed since then stays. */
export function inverseOf(change: Change, now: Task | undefined): Act {
  // Where nobody has it any more, it is as this change left it: another's change since then is theirs.
  const task = now ?? asLeftBy(change);
  switch (change.kind) {
    case "create":
    case "restore":
      return { kind: "delete", task };
    case "delete":
      return { kind: "restore", task: change.task };
    case "update": {
      const fields = Object.keys(change.changes) as (keyof TaskChanges)[];
      const before = Object.fromEntries(fields.map((field) => [field, change.task[field]]));
      return { kind: "update", task, changes: before };
    }
  }
}

/** The task once a change to it was made, most likely one version on. */
function asLeftBy(change: Change): Task {
  const left = after(change, undefined) ?? change.task;
  return change.kind === "update" ? { ...left, version: left.version + 1 } : left;
}

/** How the tasks that changes are about will be, by id; `known` is how they are without the changes. */
export function finalStates(
  changes: readonly Change[],
  known: (id: string) => Task | undefined,
): Map<string, Task | null> {
  const states = new Map<string, Task | null>();
  for (const change of changes) {
    const { id } = change.task;
    states.set(id, after(change, (states.has(id) ? states.get(id) : known(id)) ?? undefined));
  }
  return states;
}
