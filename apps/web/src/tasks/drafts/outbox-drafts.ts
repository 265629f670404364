import type { Task } from "@taskbridge/contract";
import type { CallFailure } from "../../trpc/failure.ts";
import type { Change } from "../model/change.ts";
import { pageDrafts } from "./page-drafts.ts";
import { asTaskDraft, type TaskDraft, taskDraftKey, textsOf } from "./task-draft.ts";

/** The server has given a task that was made here its id. */
export function moveDraft(userId: string, from: string, task: Task): void {
  const [old, key] = [taskDraftKey(userId, from), taskDraftKey(userId, task.id)];
  pageDrafts().move(old, key, (value) => {
    const draft = asTaskDraft(value);
    return draft ? { ...draft, base: { ...draft.base, id: task.id } } : value;
  });
}

/** Keeps the words of a change that was refused; what lets go of them is for when it is tried again. */
export function keepRefused(userId: string, change: Change, { code }: CallFailure): () => void {
  const draft = draftOf(change, code);
  if (!draft) return () => {};
  const key = taskDraftKey(userId, change.task.id);
  pageDrafts().write(key, draft);
  return () => pageDrafts().drop(key);
}

function draftOf(change: Change, code: string): TaskDraft | undefined {
  const base = change.task;
  if (change.kind === "create") return { base, texts: textsOf(base), gone: true };
  if (change.kind !== "update") return undefined;
  const { changes } = change;
  if (changes.title === undefined && changes.notes === undefined) return undefined;
  const texts = textsOf({ ...base, ...changes });
  return { base, texts, ...(code === "task_not_found" && { gone: true }) };
}
