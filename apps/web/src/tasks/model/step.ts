import type { Task } from "@taskbridge/contract";
import { type Change, isNew } from "./change.ts";
import type { ManyStep } from "./many.ts";

/** Something that somebody did, to one task or to many, and takes back as one. */
export interface Step {
  /** The message that offers to. */
  toast: string;
  changes: readonly Change[];
  /** What did not go through the outbox. */
  made: readonly ManyStep[];
}

type Kind = "deleted" | "completed" | "reopened" | "new" | "changed";

const kindOf = (change: Change): Kind => {
  if (change.kind === "delete") return "deleted";
  if (isNew(change)) return "new";
  return "changes" in change ? kindOfFields(change.changes) : "changed";
};

function kindOfFields(fields: {
  completed?: boolean | undefined;
  deleted?: boolean | undefined;
}): Kind {
  const { completed, deleted } = fields;
  if (deleted !== undefined) return deleted ? "deleted" : "new";
  if (completed === undefined || Object.keys(fields).length > 1) return "changed";
  return completed ? "completed" : "reopened";
}

const partsOf = ({ changes, made }: Step): { task: Task; kind: Kind }[] => [
  ...changes.map((change) => ({ task: change.task, kind: kindOf(change) })),
  ...made.flatMap(({ change, tasks }) =>
    tasks.map((task) => ({ task, kind: kindOfFields(change) })),
  ),
];

/** Whether there is nothing left to take back of a step, now that some tasks are gone, or back. */
export function isOvertaken(
  step: Step,
  isMeant: (id: string) => boolean,
  now: "gone" | "back",
): boolean {
  const parts = partsOf(step);
  return parts.every(
    ({ task, kind }) => isMeant(task.id) && (kind === "deleted") === (now === "back"),
  );
}

const opposites = {
  deleted: "tasks.restored",
  completed: "tasks.reopened",
  reopened: "tasks.completed",
  new: "tasks.deleted",
} as const;

/** What to say once a step was taken back: of which tasks what is so again. */
export function undoneOf(step: Step) {
  const parts = partsOf(step);
  const kinds = new Set(parts.map(({ kind }) => kind));
  const [kind] = kinds;
  const tasks = parts.map(({ task }) => task);
  const key = kinds.size === 1 && kind && kind !== "changed" ? opposites[kind] : undefined;
  return { key, tasks };
}
