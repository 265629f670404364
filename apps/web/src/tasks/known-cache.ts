import { matchQuery, type QueryClient } from "@tanstack/react-query";
import type { Task, TaskCounts } from "@taskbridge/contract";
import { getQueryKey } from "@trpc/react-query";
import { fitting, type KeptTasks, keep, readKept } from "../offline/kept-tasks.ts";
import { trpc } from "../trpc/client.ts";
import { earlierKey, listsIn, loadedLists } from "./cache.ts";
import type { Day } from "./model/days.ts";
import {
  firstOf,
  isWhole,
  joined,
  type Known,
  known,
  listed,
  soonestFirst,
} from "./model/known.ts";
import { countKnown, type DatedCounts } from "./model/known-counts.ts";
import type { ListQuery } from "./model/view.ts";

const countsKey = getQueryKey(trpc.task.counts);
const readKeys = [countsKey, getQueryKey(trpc.task.list)];

/** Which lists are whole in what was known before. */
const wholeKey = [...earlierKey, "whole"];

/** Of each list so many pages are kept, of a hundred tasks at most. */
export const MAX_PAGES_KEPT = 10;

/** Gives a page that the server did not draw what this browser knows. */
export function recall(queryClient: QueryClient, kept: KeptTasks, today: Day): void {
  remember(queryClient, kept);
  const counts = kept.counts && countKnown(kept.counts, kept, today);
  if (!counts) return;
  const key = getQueryKey(trpc.task.counts, { today }, "query");
  // To be asked for at once.
  queryClient.setQueryData(key, counts, { updatedAt: 1 });
}

function remember(queryClient: QueryClient, { tasks, whole }: Known): void {
  queryClient.setQueryDefaults(earlierKey, { gcTime: Number.POSITIVE_INFINITY });
  queryClient.setQueryData(earlierKey, tasks);
  queryClient.setQueryData(wholeKey, whole);
}

const knownIn = (queryClient: QueryClient): Known =>
  known(listsOf(queryClient), {
    tasks: queryClient.getQueryData<Task[]>(earlierKey) ?? [],
    whole: queryClient.getQueryData<Known["whole"]>(wholeKey) ?? [],
  });

/** What a list would have of the tasks that are known, while the server cannot be asked. */
export const listKnown = (queryClient: QueryClient, query: ListQuery): Task[] =>
  listed(knownIn(queryClient).tasks, query);

/** Whether that would be all of it. */
export const isListKnown = (queryClient: QueryClient, query: ListQuery): boolean =>
  isWhole(knownIn(queryClient), query);

/** The numbers beside such lists. */
export const countsKnown = (queryClient: QueryClient, earlier: DatedCounts, today: Day) =>
  countKnown(earlier, knownIn(queryClient), today);

/** From now on keeps what the page knows in this browser, for the user who has just been confirmed. */
export function keepKnown(
  queryClient: QueryClient,
  userId: string,
  onKept: (kept: Known) => void,
): () => void {
  let due: ReturnType<typeof setTimeout> | undefined;
  const save = () => {
    clearTimeout(due);
    due = undefined;
    const kept = readKept();
    if (kept?.userId !== userId) return;
    const next = knownNow(queryClient, kept);
    remember(queryClient, next);
    keep({ userId, ...next });
    onKept(next);
  };
  const saveIfDue = () => void (due && save());
  const unsubscribe = queryClient.getQueryCache().subscribe((event) => {
    if (event.type !== "updated" || event.action.type !== "success") return;
    if (!readKeys.some((queryKey) => matchQuery({ queryKey }, event.query))) return;
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
  // Another tab may have kept more.
  const all = joined(knownIn(queryClient), known(listsOf(queryClient), kept));
  const tasks = soonestFirst(all.tasks);
  return {
    heardAt: Math.max(kept.heardAt, ...heard),
    ...firstOf({ ...all, tasks }, fitting(tasks)),
    counts: counts && today ? { today, counts: counts.state.data as TaskCounts } : kept.counts,
  };
}

const listsOf = (queryClient: QueryClient) => loadedLists(listsIn(queryClient), MAX_PAGES_KEPT);
