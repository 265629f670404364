import type { Task } from "@taskbridge/contract";
import { useEffect, useState, useSyncExternalStore } from "react";
import { useUserId } from "../../trpc/provider.tsx";
import { useAliases } from "../outbox/provider.tsx";
import { holdName } from "./locks.ts";
import { pageDrafts } from "./page-drafts.ts";
import {
  asTaskDraft,
  openDraft,
  type TaskTexts,
  taskDraftKey,
  touchedFields,
} from "./task-draft.ts";

/** What the editor of a task begins with, and where it keeps what is typed. */
export function useTaskDraft(task: Task) {
  const drafts = pageDrafts();
  const userId = useUserId();
  const aliases = useAliases();
  // The server may give it another while the form is open.
  const id = aliases.idOf(task.id);
  const key = taskDraftKey(userId, id);
  const [opened] = useState(() => openDraft(task, asTaskDraft(drafts.read(key))));

  useEffect(() => {
    const close = drafts.open(key);
    const release = holdName(key, drafts.refresh);
    return () => {
      close();
      release();
    };
  }, [drafts, key]);

  const { texts, gone, clashes } = opened;
  const now = () => {
    const id = aliases.idOf(task.id);
    return { base: { ...opened.base, id }, key: taskDraftKey(userId, id) };
  };
  return {
    ...{ base: now().base, texts, gone, clashes },
    isFull: useSyncExternalStore(drafts.subscribe, drafts.isFull),
    keep: (texts: TaskTexts) => {
      const { base, key } = now();
      if (!gone && touchedFields(base, texts).length === 0) drafts.drop(key);
      else drafts.write(key, { base, texts, ...(gone && { gone }) });
    },
    drop: () => drafts.drop(now().key),
  };
}
