import type { QueryClient } from "@tanstack/react-query";
import type { Task, TaskCounts } from "@taskbridge/contract";
import { getQueryKey } from "@trpc/react-query";
import { type KeptTasks, keep, readKept } from "../offline/kept-tasks.ts";
import { trpc } from "../trpc/client.ts";
import { earlierKey, listsIn } from "./cache.ts";
import type { Day } from "./model/days.ts";
import { knownTasks, type LoadedList, listed } from "./model/known.ts";
import type { ListQuery } from "./model/view.ts";

const countsKey = getQueryKey(trpc.task.counts);

/** Of very long lists only so much is kept. */
const MAX_PAGES_KEPT = 5;

/** Gives a page that the server did not draw what this browser knows. */
export function recall(queryClient: QueryClient, { tasks, counts }: KeptTasks): void {
  queryClient.setQueryDefaults(earlierKey, { gcTime: Number.POSITIVE_INFINITY });
  queryClient.setQueryData(earlierKey, tasks);
  if (!counts) return;
  const key = getQueryKey(trpc.task.counts, { today: counts.today }, "query");
  // To be asked for at once.
  queryClient.setQueryData(key, counts.counts, { updatedAt: 1 });
}

/** What a list would have of the tasks that are known, while the server cannot be asked. */
export function listKnown(queryClient: QueryClient, query: ListQuery): Task[] {
  const earlier = queryClient.getQueryData<Task[]>(earlierKey) ?? [];
  return listed(knownTasks(listsOf(queryClient), earlier), query);
}

/** From now on keeps what the page knows in this browser, for the user who has just been confirmed. */
export function keepKnown(queryClient: QueryClient, userId: string): () => void {
  let due: ReturnType<typeof setTimeout> | undefined;
  const save = () => {
    clearTimeout(due);
    due = undefined;
    const kept = readKept();
    if (kept) keep({ userId, ...knownNow(queryClient, kept) });
  };
  const saveIfDue = () => void (due && save());
  const unsubscribe = queryClient.getQueryCache().subscribe((event) => {
    if (event.type === "updated" && event.action.type === "success")
      due ??= setTimeout(save, 1_000);
  });
  window.addEventListener("pagehide", saveIfDue);
  save();
  return () => {
    saveIfDue();
    unsubscribe();
    window.removeEventListener("pagehide", saveIfDue);
  };
}

function knownNow(queryClient: QueryClient, kept: KeptTasks) {
  const counts = queryClient
    .getQueryCache()
    .findAll({ queryKey: countsKey })
    .filter(({ state }) => state.data !== undefined)
    .sort((a, b) => a.state.dataUpdatedAt - b.state.dataUpdatedAt)
    .at(-1);
  const { today } = (counts?.queryKey[1] as { input?: { today?: Day } })?.input ?? {};
  const heard = listsIn(queryClient).map(({ state }) => state.dataUpdatedAt);
  return {
    heardAt: Math.max(kept.heardAt, ...heard),
    tasks: knownTasks(listsOf(queryClient), kept.tasks),
    counts: counts && today ? { today, counts: counts.state.data as TaskCounts } : kept.counts,
  };
}

const listsOf = (queryClient: QueryClient): LoadedList[] =>
  listsIn(queryClient).flatMap(({ query, data }) => {
    if (!query || !data) return [];
    const pages = data.pages.slice(0, MAX_PAGES_KEPT);
    return {
      query,
      tasks: pages.flatMap(({ items }) => items),
      complete: pages.at(-1)?.nextCursor === null,
    };
  });
