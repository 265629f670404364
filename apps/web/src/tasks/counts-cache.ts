import type { QueryClient } from "@tanstack/react-query";
import type { Task, TaskCounts } from "@taskbridge/contract";
import { getQueryKey } from "@trpc/react-query";
import { trpc } from "../trpc/client.ts";
import { recount } from "./model/counting.ts";
import type { Day } from "./model/days.ts";

const countsKey = getQueryKey(trpc.task.counts);

/** Counts what the server has just done; null stands for no task. */
export function patchCounts(queryClient: QueryClient, before: Task | null, now: Task | null): void {
  for (const query of queryClient.getQueryCache().findAll({ queryKey: countsKey })) {
    const { input } = query.queryKey[1] as { input?: { today?: Day } };
    queryClient.setQueryData<TaskCounts>(query.queryKey, (counts) =>
      counts && input?.today ? recount(counts, before, now, input.today) : counts,
    );
  }
}

/** Has the counts read anew: at once where they are shown, or (`none`) when the page is looked at again. */
export const invalidateCounts = (
  queryClient: QueryClient,
  refetchType: "active" | "none" = "active",
) => queryClient.invalidateQueries({ queryKey: countsKey, refetchType });
