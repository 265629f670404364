import type { QueryClient } from "@tanstack/react-query";
import type { Task, TaskCounts } from "@taskbridge/contract";
import { getQueryKey } from "@trpc/react-query";
import { trpc } from "../trpc/client.ts";
import { recount } from "./model/counting.ts";
import type { Day } from "./model/days.ts";

const countsKey = getQueryKey(trpc.task.counts);

/** A task as it was and as it is; null stands for no task. */
export type Transition = [before: Task | null, now: Task | null];

/** Counts what the server has just done. */
export const patchCounts = (queryClient: QueryClient, ...transition: Transition): void =>
  patchManyCounts(queryClient, [transition]);

/** The same of many. */
export function patchManyCounts(
  queryClient: QueryClient,
  transitions: readonly Transition[],
): void {
  for (const query of queryClient.getQueryCache().findAll({ queryKey: countsKey })) {
    const { today } = (query.queryKey[1] as { input?: { today?: Day } }).input ?? {};
    if (!today) continue;
    queryClient.setQueryData<TaskCounts>(
      query.queryKey,
      (counts) =>
        counts &&
        transitions.reduce((all, [before, now]) => recount(all, before, now, today), counts),
    );
  }
}

/** Has the counts read anew: at once where they are shown, or (`none`) when the page is looked at again. */
export const invalidateCounts = (
  queryClient: QueryClient,
  refetchType: "active" | "none" = "active",
) => queryClient.invalidateQueries({ queryKey: countsKey, refetchType });
