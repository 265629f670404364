import { useQueryClient } from "@tanstack/react-query";
import type { Task } from "@taskbridge/contract";
import { useEffect, useRef } from "react";
import { invalidateCounts } from "./counts-cache.ts";
import { countOf } from "./model/count-of.ts";
import type { ListQuery } from "./model/view.ts";
import { useOutboxState } from "./outbox/provider.tsx";
import { useCounts } from "./use-counts.ts";
import { isShort, type useTaskList } from "./use-task-list.ts";
import { useToday } from "./use-today.tsx";

type List = ReturnType<typeof useTaskList>["list"];

/**
 * A list and its count are read at different times, and others change tasks between them. Where they
 * disagree, one is from before the other, and both are read once more.
 */
export function useAgreement(query: ListQuery, list: List, tasks: readonly Task[] | undefined) {
  const queryClient = useQueryClient();
  const counts = useCounts();
  const today = useToday();
  const { changes, unreachable } = useOutboxState();
  const { refetch, hasNextPage } = list;
  const settled = !list.isFetching && !list.isError && !list.isPlaceholderData;
  const count = counts && countOf(query, counts, today);
  const shown = tasks?.length ?? 0;
  const agree = hasNextPage ? shown < (count ?? shown + 1) : shown === (count ?? shown);
  const asked = useRef("");
  useEffect(() => {
    if (agree || !settled || unreachable || changes.length > 0) return;
    // Once: a count may leave out what the list has.
    const disagreement = JSON.stringify([query, count, shown]);
    if (asked.current === disagreement) return;
    asked.current = disagreement;
    void invalidateCounts(queryClient);
    if (isShort({ state: list })) void refetch();
  });
}
