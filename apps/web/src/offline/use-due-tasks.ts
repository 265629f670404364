import type { TaskPage } from "@taskbridge/contract";
import { useEffect } from "react";
import { MAX_PAGES_KEPT } from "../tasks/known-cache.ts";
import { type ListQuery, listInput } from "../tasks/model/view.ts";
import { trpc } from "../trpc/client.ts";

/** Those with a day come first. */
const byDay: ListQuery = { status: "open", sort: "due" };

const FRESH_MS = 5 * 60_000;

/** Has everything that is due read, whatever the page shows, so that lists of days are whole while offline. */
export function useDueTasks(wanted: boolean): void {
  const { hasNextPage, isFetching, isError, fetchNextPage } = trpc.task.list.useInfiniteQuery(
    listInput(byDay),
    { enabled: wanted, staleTime: FRESH_MS, getNextPageParam },
  );
  const goOn = wanted && hasNextPage && !isFetching && !isError;
  useEffect(() => {
    if (goOn) void fetchNextPage();
  }, [goOn, fetchNextPage]);
}

function getNextPageParam({ items, nextCursor }: TaskPage, pages: readonly TaskPage[]) {
  const last = items.at(-1);
  const isOver = (last && last.dueDate === null) || pages.length >= MAX_PAGES_KEPT;
  return isOver ? null : nextCursor;
}
