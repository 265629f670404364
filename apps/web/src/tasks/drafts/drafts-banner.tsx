"use client";

import { useQueryClient } from "@tanstack/react-query";
import type { Task } from "@taskbridge/contract";
import { useSyncExternalStore } from "react";
import { Button } from "../../components/button.tsx";
import { useToasts } from "../../components/toast.tsx";
import { useT } from "../../strings/provider.tsx";
import { trpc } from "../../trpc/client.ts";
import { failureOf } from "../../trpc/failure.ts";
import { useUserId } from "../../trpc/provider.tsx";
import { cachedTask } from "../cache.ts";
import { isLocal } from "../model/change.ts";
import { nameOf } from "../names.ts";
import { useAliases, useOutbox } from "../outbox/provider.tsx";
import { usePageCommands } from "../page-context.tsx";
import { moveDraft } from "./outbox-drafts.ts";
import { pageDrafts } from "./page-drafts.ts";
import { taskDraftKey } from "./task-draft.ts";
import { type LeftDraft, useLeftDrafts } from "./use-left-drafts.ts";

/** The others follow as these go. */
const MAX_SHOWN = 3;

/** What was typed into tasks and is not saved, to go on with or to throw away. */
export function DraftsBanner({ tasks }: { tasks: readonly Task[] }) {
  const t = useT();
  const left = useLeftDrafts();
  const isFull = useSyncExternalStore(followFull, isFullNow, () => false);
  const toasts = useToasts();
  const { edit } = usePageCommands();
  const userId = useUserId();
  const isThere = useIsThere(tasks);

  async function goOn({ key: leftAt, ...draft }: LeftDraft) {
    const task = await isThere(draft.base.id);
    const key = task ? taskDraftKey(userId, task.id) : leftAt;
    if (task) moveDraft(userId, draft.base.id, task.id);
    if (task === null) pageDrafts().write(key, { ...draft, gone: true });
    else if (draft.gone) {
      const base = { ...draft.base, id: task?.id ?? draft.base.id };
      pageDrafts().write(key, { base, texts: draft.texts });
    }
    edit(task || draft.base);
  }
  function discard({ key, ...draft }: LeftDraft) {
    pageDrafts().drop(key);
    toasts.show({
      text: t("drafts.discarded", { title: titleOf(draft) }),
      action: { label: t("tasks.undo"), onPress: () => pageDrafts().write(key, draft) },
    });
  }
  return (
    <div role="status" className="print:hidden">
      {isFull && (
        <p className="mb-4 rounded-card border border-line bg-calm px-4 py-3 text-sm text-danger">
          {t("drafts.noRoom")}
        </p>
      )}
      {left.slice(0, MAX_SHOWN).map((draft) => {
        const title = titleOf(draft);
        return (
          <div
            key={draft.key}
            className="mb-4 flex flex-wrap items-center gap-x-3 gap-y-1 rounded-card border border-line bg-calm px-4 py-2 text-sm"
          >
            <p dir="auto" className="min-w-40 flex-1 py-1 wrap-anywhere">
              {t(draft.gone ? "drafts.gone" : "drafts.left", { title })}
            </p>
            <Button aria-label={t("drafts.goOnNamed", { title })} onClick={() => goOn(draft)}>
              {t("drafts.goOn")}
            </Button>
            <Button aria-label={t("drafts.discardNamed", { title })} onClick={() => discard(draft)}>
              {t("outbox.discard")}
            </Button>
          </div>
        );
      })}
      {left.length > MAX_SHOWN && (
        <p className="mb-4 px-4 text-sm text-muted">
          {t("drafts.more", { count: left.length - MAX_SHOWN })}
        </p>
      )}
    </div>
  );
}

/** By what was typed, unless that is nothing. */
const titleOf = ({ base, texts }: Pick<LeftDraft, "base" | "texts">) =>
  nameOf({ title: texts.title.trim() || base.title });

/** A task as it is known here, or by the server; null where it is gone, undefined where nobody can say. */
function useIsThere(tasks: readonly Task[]) {
  const queryClient = useQueryClient();
  const outbox = useOutbox();
  const aliases = useAliases();
  const { client } = trpc.useUtils();
  return async (noted: string): Promise<Task | null | undefined> => {
    const id = aliases.idOf(noted);
    const waiting = outbox.state().changes.find(({ task }) => task.id === id);
    const known = tasks.find((task) => task.id === id) ?? cachedTask(queryClient, id);
    if (known ?? waiting) return known ?? waiting?.task;
    if (isLocal(id)) return null;
    return client.task.get
      .query({ id })
      .catch((error: unknown) => (failureOf(error).code === "task_not_found" ? null : undefined));
  };
}

const followFull = (listener: () => void) => pageDrafts().subscribe(listener);
const isFullNow = () => pageDrafts().isFull();
