import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import type { Task } from "@taskbridge/contract";
import { getQueryKey } from "@trpc/react-query";
import { useEffect, useMemo, useState } from "react";
import { trpc } from "../../trpc/client.ts";
import { cacheTasks } from "../cache.ts";
import { invalidateCounts, patchManyCounts, type Transition } from "../counts-cache.ts";
import { afterMany, countOf, type ManyStep } from "../model/many.ts";
import { noteSent } from "../outbox/last-sent.ts";
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
  const [progress, setProgress] = useState<Progress>();
  const busy = progress !== undefined;

  useEffect(() => {
    if (!busy) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [busy]);

  const run = useMemo(
    () =>
      async (steps: readonly ManyStep[]): Promise<SentMany> => {
        const total = countOf(steps);
        let done = 0;
        setProgress({ done, total });
        const result = await sendMany(client, steps, (part, missing) => {
          noteSent();
          showSent(queryClient, part, missing);
          done += part.tasks.length;
          setProgress({ done, total });
        });
        setProgress(undefined);
        void invalidateCounts(queryClient);
        void queryClient.invalidateQueries({ queryKey: deletedKey });
        return result;
      },
    [client, queryClient],
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
