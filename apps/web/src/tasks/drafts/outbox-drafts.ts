import type { CallFailure } from "../../trpc/failure.ts";
import type { Change } from "../model/change.ts";
import { pageDrafts } from "./page-drafts.ts";
import { asTaskDraft, type TaskDraft, taskDraftKey, textsOf } from "./task-draft.ts";

/** The server has given a task that was made here its id. */
export function moveDraft(userId: string, from: string, id: string): void {
  pageDrafts().move(taskDraftKey(userId, from), taskDraftKey(userId, id), (value) => {
    const draft = asTaskDraft(value);
    return draft ? { ...draft, base: { ...draft.base, id } } : value;
  });
}

/**
 * Keeps the words of a change that was refused, beneath what has been typed since; what lets go of them is
 * for when it is tried again.
 */
export function keepRefused(userId: string, change: Change, { code }: CallFailure): () => void {
  const refused = draftOf(change, code);
  if (!refused) return () => {};
  const drafts = pageDrafts();
  const key = taskDraftKey(userId, change.task.id);
  const newer = asTaskDraft(drafts.read(key));
  const draft = newer ? { ...refused, texts: newer.texts } : refused;
  drafts.write(key, draft);
  return () => {
    if (!newer && JSON.stringify(drafts.read(key)) === JSON.stringify(draft)) drafts.drop(key);
  };
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
