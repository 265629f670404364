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

export const invalidateCounts = (queryClient: QueryClient) =>
  queryClient.invalidateQueries({ queryKey: countsKey });
