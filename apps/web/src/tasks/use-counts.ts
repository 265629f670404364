import { useQueryClient } from "@tanstack/react-query";
import type { Task, TaskCounts } from "@taskbridge/contract";
import { useMemo } from "react";
import { trpc } from "../trpc/client.ts";
import { countsKnown } from "./known-cache.ts";
import { after, isNew } from "./model/change.ts";
import { recount } from "./model/counting.ts";
import { useOutboxState } from "./outbox/provider.tsx";
import { useToday } from "./use-today.tsx";

const ASK_AGAIN_MS = 10_000;

/** How many tasks there are, with what is not sent yet. */
export function useCounts(): TaskCounts | undefined {
  const today = useToday();
  const { changes, unreachable } = useOutboxState();
  const queryClient = useQueryClient();
  const { data, isPlaceholderData } = trpc.task.counts.useQuery(
    { today },
    // At midnight, yesterday's until today's are there.
    {
      staleTime: 30_000,
      placeholderData: (previous) => previous,
      refetchOnReconnect: "always",
      // Finds out, also where nothing is to be sent, when the server is back.
      refetchInterval: unreachable && ASK_AGAIN_MS,
    },
  );
  const counted = useMemo(() => {
    if (!data || !unreachable) return data;
    const earlier = { today: isPlaceholderData ? null : today, counts: data };
    return countsKnown(queryClient, earlier, today);
  }, [data, isPlaceholderData, unreachable, queryClient, today]);
  return useMemo(() => {
    if (!counted) return undefined;
    const states = new Map<string, Task | null>();
    return changes.reduce((counts, change) => {
      const { id } = change.task;
      const first = isNew(change) ? null : change.task;
      const before = states.has(id) ? (states.get(id) ?? null) : first;
      const now = after(change, before ?? undefined);
      states.set(id, now);
      return recount(counts, before, now, today);
    }, counted);
  }, [counted, changes, today]);
}
