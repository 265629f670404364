import type { Task } from "@taskbridge/contract";
import { afterPrefix, draftKey } from "./drafts.ts";

/** A task in the texts of the editor's fields. */
export interface TaskTexts {
  title: string;
  notes: string;
  dueDate: string;
  priority: Task["priority"];
  tags: string;
}

/** What was typed into a task's editor and not saved. */
export interface TaskDraft {
  /** The task as it was when it was typed. */
  base: Task;
  texts: TaskTexts;
  /** The server has no such task any more. */
  gone?: boolean;
}

const TASK = "task.";
export const taskDraftKey = (userId: string, id: string) => draftKey(userId, TASK + id);
/** Whose task it is, and which, of such a place. */
export function taskOf(key: string): { userId: string; id: string } {
  const [userId = "", id = ""] = afterPrefix(key).split(`.${TASK}`);
  return { userId, id };
}
export const isTaskDraftKey = (userId: string, key: string) =>
  key.startsWith(taskDraftKey(userId, ""));

/** As the fields give them back: one line has no line ends, and several have their own. */
export const textsOf = (task: Task): TaskTexts => ({
  title: task.title.replace(/[\r\n]/g, ""),
  notes: task.notes.replace(/\r\n?/g, "\n"),
  dueDate: task.dueDate ?? "",
  priority: task.priority,
  tags: task.tags.join(", ").replace(/[\r\n]/g, ""),
});

/** The fields that do not say any more what they said when the task was opened. */
export function touchedFields(base: Task, texts: TaskTexts): (keyof TaskTexts)[] {
  const before = textsOf(base);
  return (Object.keys(before) as (keyof TaskTexts)[]).filter(
    (field) => texts[field] !== before[field],
  );
}

export interface OpenedDraft extends TaskDraft {
  /** Others have changed since what is typed here. */
  clashes: boolean;
}

/**
 * What the editor of a task begins with. Fields that were not touched say what they say now; where others
 * have changed what was typed into, the task stays the one of then, so that the server asks about it.
 */
export function openDraft(task: Task, draft: TaskDraft | undefined): OpenedDraft {
  if (!draft) return { base: task, texts: textsOf(task), clashes: false };
  const { base, texts } = draft;
  if (draft.gone || base.id !== task.id) return { ...draft, clashes: false };
  const now = textsOf(task);
  const touched = touchedFields(base, texts);
  const changed = touchedFields(base, now).filter((field) => texts[field] !== now[field]);
  if (changed.some((field) => touched.includes(field))) return { ...draft, clashes: true };
  const typed = Object.fromEntries(touched.map((field) => [field, texts[field]]));
  return { base: task, texts: { ...now, ...typed }, clashes: false };
}

/** A draft as it was kept; undefined where it is none. */
export function asTaskDraft(value: unknown): TaskDraft | undefined {
  const draft = value as TaskDraft | undefined;
  return typeof draft?.base?.id === "string" && typeof draft.texts?.title === "string"
    ? draft
    : undefined;
}
