import type { QueryClient } from "@tanstack/react-query";
import type { Task } from "@taskbridge/contract";
import { getQueryKey } from "@trpc/react-query";
import { trpc } from "../../trpc/client.ts";
import { cachedTask, cacheTask } from "../cache.ts";
import { invalidateCounts, patchCounts } from "../counts-cache.ts";

const deletedKey = getQueryKey(trpc.task.listDeleted);

const COUNT_AFTER_MS = 1_000;

/** Puts what has become of tasks into all that was loaded. */
export function createListPatches(queryClient: QueryClient) {
  let counting: ReturnType<typeof setTimeout> | undefined;
  const readDeletedAnew = () => void queryClient.invalidateQueries({ queryKey: deletedKey });
  const take = (id: string, before: Task | null, task: Task | null) => {
    patchCounts(queryClient, before, task);
    cacheTask(queryClient, id, task);
  };
  return {
    take,
    /** Of a task that was deleted elsewhere. */
    takeAway: (id: string) => {
      const before = cachedTask(queryClient, id);
      if (before) take(id, before, null);
      readDeletedAnew();
    },
    readDeletedAnew,
    /** Once for all that happens within a moment; a page that nobody sees asks when it is looked at. */
    countAnew: () => {
      clearTimeout(counting);
      counting = setTimeout(() => void invalidateCounts(queryClient), COUNT_AFTER_MS);
    },
  };
}
