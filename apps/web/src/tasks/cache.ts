import type { InfiniteData, QueryClient } from "@tanstack/react-query";
import type { Task, TaskPage } from "@taskbridge/contract";
import { getQueryKey } from "@trpc/react-query";
import { trpc } from "../trpc/client.ts";
import type { LoadedList } from "./model/known.ts";
import { withTasks } from "./model/listing.ts";
import { type ListQuery, listInput } from "./model/view.ts";

type Pages = InfiniteData<TaskPage, string | null>;

const listKey = getQueryKey(trpc.task.list);

/** Where the tasks lie that were known before this page asked for any list. */
export const earlierKey = ["earlier"];

/** All lists that were asked for, with what was loaded of them. */
export function listsIn(queryClient: QueryClient) {
  return queryClient
    .getQueryCache()
    .findAll({ queryKey: listKey })
    .map(({ queryKey, state }) => ({
      queryKey,
      state,
      query: (queryKey[1] as { input?: ListQuery } | undefined)?.input,
      data: state.data as Pages | undefined,
    }));
}

/** Whether nothing is behind what was loaded of a list. */
export const isAllLoaded = (data: Pick<Pages, "pages"> | undefined): boolean =>
  data?.pages.at(-1)?.nextCursor === null;

/** Lists as the server gave them, each to so many pages at most. */
export const loadedLists = (
  lists: ReturnType<typeof listsIn>,
  most = Number.POSITIVE_INFINITY,
): LoadedList[] =>
  lists.flatMap(({ query, data }) => {
    if (!query || !data) return [];
    const pages = data.pages.slice(0, most);
    const tasks = pages.flatMap(({ items }) => items);
    return { query, tasks, complete: isAllLoaded({ pages }) };
  });

/** A task as some list that was loaded has it, or as it was known before. */
export function cachedTask(queryClient: QueryClient, id: string): Task | undefined {
  for (const { data } of listsIn(queryClient)) {
    for (const { items } of data?.pages ?? []) {
      const task = items.find((item) => item.id === id);
      if (task) return task;
    }
  }
  return queryClient.getQueryData<Task[]>(earlierKey)?.find((task) => task.id === id);
}

/** Puts what the server said of a task into all lists that were loaded; null says it is gone. */
export const cacheTask = (queryClient: QueryClient, id: string, task: Task | null): void =>
  cacheTasks(queryClient, new Map([[id, task]]));

/** The same of many, by their ids. */
export function cacheTasks(
  queryClient: QueryClient,
  states: ReadonlyMap<string, Task | null>,
): void {
  const living = [...states.values()].filter((task) => task !== null);
  queryClient.setQueryData<Task[]>(
    earlierKey,
    (tasks) => tasks && [...tasks.filter(({ id }) => !states.has(id)), ...living],
  );
  for (const { queryKey, state, query, data } of listsIn(queryClient)) {
    if (query && data) {
      queryClient.setQueryData<Pages>(queryKey, patched(data, states, query), {
        // It is no younger for this.
        updatedAt: state.dataUpdatedAt,
      });
    }
    // What is on its way was perhaps read before.
    if (state.fetchStatus === "fetching") {
      void queryClient.invalidateQueries({ queryKey, exact: true });
    }
  }
}

/** Forgets what is behind a list's first pages. */
export function trimList(queryClient: QueryClient, query: ListQuery, pages: number): void {
  const key = getQueryKey(trpc.task.list, listInput(query), "infinite");
  const state = queryClient.getQueryState<Pages>(key);
  if (!state?.data || state.data.pages.length <= pages) return;
  const { data, dataUpdatedAt: updatedAt } = state;
  const trimmed = {
    pages: data.pages.slice(0, pages),
    pageParams: data.pageParams.slice(0, pages),
  };
  queryClient.setQueryData<Pages>(key, trimmed, { updatedAt });
}

/** The pages keep their first tasks, for the cursors between them say where the next one begins. */
function patched(
  { pages, pageParams }: Pages,
  states: ReadonlyMap<string, Task | null>,
  query: ListQuery,
): Pages {
  const last = pages.at(-1);
  const complete = isAllLoaded({ pages });
  const all = withTasks(
    pages.flatMap(({ items }) => items),
    states,
    { query, complete },
  );
  let from = 0;
  return {
    pageParams,
    pages: pages.map((page, at) => {
      const to = page === last ? all.length : endOf(all, from, pages[at + 1]?.items[0]?.id, page);
      const items = all.slice(from, to);
      from = to;
      return sameItems(items, page.items) ? page : { ...page, items };
    }),
  };
}

/** Where the next page begins, or this many further on where its first task is another by now. */
function endOf(all: Task[], from: number, next: string | undefined, { items }: TaskPage): number {
  const at = next ? all.findIndex(({ id }, index) => index >= from && id === next) : -1;
  return at >= 0 ? at : Math.min(from + items.length, all.length);
}

const sameItems = (a: readonly Task[], b: readonly Task[]) =>
  a.length === b.length && a.every((task, at) => task === b[at]);
