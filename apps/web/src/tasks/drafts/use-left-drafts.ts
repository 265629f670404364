import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState, useSyncExternalStore } from "react";
import { useUserId } from "../../trpc/provider.tsx";
import { cachedTask } from "../cache.ts";
import type { Drafts } from "./drafts.ts";
import { namesInUse } from "./locks.ts";
import { pageDrafts } from "./page-drafts.ts";
import {
  asTaskDraft,
  isTaskDraftKey,
  openDraft,
  type TaskDraft,
  touchedFields,
} from "./task-draft.ts";

export type LeftDraft = TaskDraft & { key: string };

const none: readonly LeftDraft[] = [];

/** What was typed into tasks and not saved, and is open in no editor, on no page of this browser. */
export function useLeftDrafts(): readonly LeftDraft[] {
  const userId = useUserId();
  const queryClient = useQueryClient();
  const [left, setLeft] = useState(none);
  const version = useSyncExternalStore(subscribe, currentVersion, () => 0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: each version is another state of them.
  useEffect(() => {
    let over = false;
    void namesInUse().then((inUse) => {
      if (over) return;
      const drafts = pageDrafts();
      const found = drafts.keysOf(userId).flatMap((key): LeftDraft[] => {
        if (!isTaskDraftKey(userId, key) || drafts.isOpen(key) || inUse.has(key)) return [];
        const draft = asTaskDraft(drafts.read(key));
        return draft ? [{ ...draft, key }] : [];
      });
      const unsaved = found.filter((draft) => {
        const task = cachedTask(queryClient, draft.base.id);
        const saved = task && !saysMore(task, draft);
        if (saved) drafts.drop(draft.key);
        return !saved;
      });
      setLeft(unsaved.length > 0 ? unsaved : none);
    });
    return () => {
      over = true;
    };
  }, [userId, queryClient, version]);
  return left;
}

/** Whether there is something in it that the task does not say by now. */
function saysMore(task: Parameters<typeof openDraft>[0], draft: TaskDraft): boolean {
  const { base, texts } = openDraft(task, { ...draft, gone: false });
  return touchedFields(base, texts).length > 0;
}

const currentVersion = () => pageDrafts().version();

function subscribe(listener: () => void): () => void {
  const drafts: Drafts = pageDrafts();
  const unsubscribe = drafts.subscribe(listener);
  // A page that was closed tells nobody.
  document.addEventListener("visibilitychange", drafts.refresh);
  return () => {
    unsubscribe();
    document.removeEventListener("visibilitychange", drafts.refresh);
  };
}
