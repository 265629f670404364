import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import type { Task } from "@taskbridge/contract";
import { getQueryKey } from "@trpc/react-query";
import { useMemo, useState } from "react";
import { trpc } from "../../trpc/client.ts";
import { useUserId } from "../../trpc/provider.tsx";
import { cacheTasks } from "../cache.ts";
import { invalidateCounts, patchManyCounts, type Transition } from "../counts-cache.ts";
import { afterMany, countOf, type ManyStep } from "../model/many.ts";
import { noteSent } from "../outbox/last-sent.ts";
import { asWork } from "../running-work.ts";
import { type SentMany, sendMany } from "./send-many.ts";

export interface Progress {
  done: number;
  total: number;
}

export type ManyChanges = ReturnType<typeof useManyChanges>;

const deletedKey = getQueryKey(trpc.task.listDeleted);

/** Changes to more tasks than the outbox takes, made at once, and how far they are. */
export function useManyChanges() {
  const { client } = trpc.useUtils();
  const queryClient = useQueryClient();
  const userId = useUserId();
  const [progress, setProgress] = useState<Progress>();

  const run = useMemo(
    () =>
      async (steps: readonly ManyStep[]): Promise<SentMany> => {
        const total = countOf(steps);
        let done = 0;
        setProgress({ done, total });
        const onSent = (part: ManyStep, missing: ReadonlySet<string>) => {
          noteSent();
          showSent(queryClient, part, missing);
          done += part.tasks.length;
          setProgress({ done, total });
        };
        const result = await asWork(userId, () => sendMany(client, steps, onSent));
        setProgress(undefined);
        void invalidateCounts(queryClient);
        void queryClient.invalidateQueries({ queryKey: deletedKey });
        return result;
      },
    [client, queryClient, userId],
  );
  return useMemo(() => ({ progress, run }), [progress, run]);
}

/** Puts what was made of the tasks into all that was loaded. */
function showSent(
  queryClient: QueryClient,
  { change, tasks }: ManyStep,
  missing: ReadonlySet<string>,
): void {
  const isBack = change.deleted === false;
  const transitions = tasks.map((task): Transition => {
    const now = missing.has(task.id) ? null : afterMany(change, task);
    return [isBack ? null : task, now];
  });
  const states = new Map<string, Task | null>();
  for (const [at, [, now]] of transitions.entries()) states.set(tasks[at]?.id ?? "", now);
  patchManyCounts(queryClient, transitions);
  cacheTasks(queryClient, states);
}
