import { useQueryClient } from "@tanstack/react-query";
import type { Task, TaskPage } from "@taskbridge/contract";
import { useMemo } from "react";
import { trpc } from "../trpc/client.ts";
import { listKnown } from "./known-cache.ts";
import { finalStates } from "./model/change.ts";
import { matches, withTasks } from "./model/listing.ts";
import { type ListQuery, listInput } from "./model/view.ts";
import { useOutboxState } from "./outbox/provider.tsx";

/** Longer lists are not read again from the start only because a window or the network came back. */
const MAX_PAGES_REREAD = 5;
const isShort = ({ state }: { state: { data?: { pages: readonly unknown[] } | undefined } }) =>
  (state.data?.pages.length ?? 0) <= MAX_PAGES_REREAD;

/** A list as it will be once all that was done here has been sent. */
export function useTaskList(query: ListQuery) {
  const list = trpc.task.list.useInfiniteQuery(listInput(query), {
    getNextPageParam: (page) => page.nextCursor,
    // Until the next list is there, what the last one has of it.
    placeholderData: (previous) =>
      previous && { ...previous, pages: previous.pages.map((page) => narrowed(page, query)) },
    staleTime: 30_000,
    refetchOnWindowFocus: isShort,
    refetchOnReconnect: isShort,
  });
  const queryClient = useQueryClient();
  const { changes, unreachable } = useOutboxState();
  // What the last list has of this one is less than all lists have.
  const data = unreachable && list.isPlaceholderData ? undefined : list.data;
  const loaded = useMemo(
    () =>
      data?.pages.flatMap((page) => page.items) ??
      (unreachable ? listKnown(queryClient, query) : undefined),
    [data, unreachable, queryClient, query],
  );
  const complete = !list.hasNextPage;
  const tasks = useMemo((): Task[] | undefined => {
    if (!loaded || changes.length === 0) return loaded;
    const byId = new Map(loaded.map((task) => [task.id, task]));
    const states = finalStates(changes, (id) => byId.get(id));
    return withTasks(loaded, states, { query, complete });
  }, [loaded, changes, query, complete]);
  return { list, tasks };
}

const narrowed = (page: TaskPage, query: ListQuery): TaskPage => ({
  ...page,
  items: page.items.filter((task) => matches(task, query)),
});
