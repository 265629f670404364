import type { Task, TaskChanges } from "@taskbridge/contract";

export const priorityNames: Record<Task["priority"], string> = {
  none: "No priority",
  low: "Low",
  medium: "Medium",
  high: "High",
};

/** What a person edits of a task, as the inputs hold it. */
export interface TaskDraft {
  title: string;
  notes: string;
  dueDate: string;
  priority: Task["priority"];
  tags: string;
}
export type DraftField = keyof TaskDraft;

export const emptyDraft: TaskDraft = {
  title: "",
  notes: "",
  dueDate: "",
  priority: "none",
  tags: "",
};

const draftFields: DraftField[] = ["title", "notes", "dueDate", "priority", "tags"];

export const draftOf = (task: Task): TaskDraft => ({
  title: task.title,
  notes: task.notes,
  dueDate: task.dueDate ?? "",
  priority: task.priority,
  tags: task.tags.join(", "),
});

/** The fields in which two drafts differ. */
export const differences = (a: TaskDraft, b: TaskDraft): DraftField[] =>
  draftFields.filter((field) => a[field] !== b[field]);

/** The named fields of a draft, as the contract wants them. */
export function changesOf(draft: TaskDraft, fields: readonly DraftField[]): TaskChanges {
  const all = {
    ...draft,
    dueDate: draft.dueDate || null,
    tags: readTags(draft.tags),
  } satisfies TaskChanges;
  return Object.fromEntries(fields.map((field) => [field, all[field]]));
}

/**
 * A draft against a newer state of its task: what was typed stays, what was not touched follows.
 * `clashes` names the fields that were changed on both sides, differently.
 */
export function rebase(draft: TaskDraft, base: TaskDraft, fresh: TaskDraft) {
  const typed = differences(draft, base);
  const kept = Object.fromEntries(typed.map((field) => [field, draft[field]]));
  const clashes = typed.filter((f) => fresh[f] !== base[f] && fresh[f] !== draft[f]);
  return { draft: { ...fresh, ...kept }, clashes };
}

function readTags(text: string): string[] {
  const tags = text.split(",").map((tag) => tag.trim());
  return [...new Set(tags.filter(Boolean))];
}
