import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import type { Task } from "@taskbridge/contract";
import { useEffect, useMemo } from "react";
import { trpc } from "../trpc/client.ts";
import { isAllLoaded, listsIn, loadedLists, trimList } from "./cache.ts";
import { listKnown } from "./known-cache.ts";
import { finalStates } from "./model/change.ts";
import { deriveList } from "./model/derive.ts";
import { eachOnce } from "./model/each-once.ts";
import { withTasks } from "./model/listing.ts";
import { type ListQuery, listInput } from "./model/view.ts";
import { useAliases, useOutboxState } from "./outbox/provider.tsx";

/** Longer lists are not read again from the start only because a window or the network came back. */
const MAX_PAGES_REREAD = 5;
export const isShort = ({
  state,
}: {
  state: { data?: { pages: readonly unknown[] } | undefined };
}) => (state.data?.pages.length ?? 0) <= MAX_PAGES_REREAD;

/** A list as it will be once all that was done here has been sent. */
export function useTaskList(query: ListQuery) {
  const queryClient = useQueryClient();
  const list = trpc.task.list.useInfiniteQuery(listInput(query), {
    getNextPageParam: (page) => page.nextCursor,
    // Until the list is there, what others that are there tell of it for certain.
    placeholderData: () => derivedPages(queryClient, query),
    staleTime: 30_000,
    refetchOnWindowFocus: isShort,
    refetchOnReconnect: isShort,
  });
  // Whoever comes back to a long list would have all of it read again.
  useEffect(() => () => trimList(queryClient, query, MAX_PAGES_REREAD), [queryClient, query]);

  const { changes, unreachable } = useOutboxState();
  const { keyOf } = useAliases();
  const isWhole = isAllLoaded(list.data);
  // What one list has of another is less than what the browser keeps of all, unless it is all of it.
  const data = unreachable && list.isPlaceholderData && !isWhole ? undefined : list.data;
  const loaded = useMemo(
    () =>
      data?.pages.flatMap((page) => page.items) ??
      (unreachable ? listKnown(queryClient, query) : undefined),
    [data, unreachable, queryClient, query],
  );
  const complete = !data || isWhole;
  const tasks = useMemo((): Task[] | undefined => {
    if (!loaded) return undefined;
    if (changes.length === 0) return eachOnce(loaded, keyOf);
    const byId = new Map(loaded.map((task) => [task.id, task]));
    const states = finalStates(changes, (id) => byId.get(id));
    return eachOnce(withTasks(loaded, states, { query, complete }), keyOf);
  }, [loaded, changes, query, complete, keyOf]);
  return { list, tasks, complete };
}

function derivedPages(queryClient: QueryClient, query: ListQuery) {
  const lists = listsIn(queryClient).sort((a, b) => b.state.dataUpdatedAt - a.state.dataUpdatedAt);
  const derived = deriveList(loadedLists(lists), query);
  if (!derived) return undefined;
  const nextCursor = derived.complete ? null : "more";
  return { pages: [{ items: derived.tasks, nextCursor }], pageParams: [null] };
}
