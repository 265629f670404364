import { type DehydratedState, dehydrate, QueryClient } from "@tanstack/react-query";
import type { Caller } from "@taskbridge/api";
import { log } from "@taskbridge/host";
import { getQueryKey } from "@trpc/react-query";
import { headers } from "next/headers";
import { services } from "../services.ts";
import { trpc } from "../trpc/client.ts";
import type { Day } from "./model/days.ts";
import { deletedInput, listInput, queryOf, type ViewState } from "./model/view.ts";

/** A page waits this long for its tasks at most: then it is sent without, and the browser asks for them. */
const PATIENCE_MS = 1_000;

/**
 * What the task page asks for first, read as its visitor while the page is drawn. They get an access
 * token of their session's, in this process alone, and what they may see is decided as at the doors.
 * What fails, or takes too long, is left out: the page in the browser asks for it, and tells.
 */
export async function readFirst(state: ViewState, today: Day): Promise<DehydratedState> {
  const queryClient = new QueryClient();
  const { auth, callAs } = await services();
  const requestHeaders = await headers();
  const read = async () => {
    if (!callAs) return;
    const token = await auth.issueToken(requestHeaders);
    if (token && callAs) await prefetch(queryClient, callAs(token, "/tasks"), state, today);
  };
  await inTime(
    read().catch((error: unknown) => log("error", "A page is sent without its tasks.", {}, error)),
  );
  return dehydrate(queryClient);
}

function prefetch(queryClient: QueryClient, caller: Caller, state: ViewState, today: Day) {
  const input = listInput(queryOf(state, today));
  return Promise.all([
    queryClient.prefetchQuery({
      queryKey: getQueryKey(trpc.task.counts, { today }, "query"),
      queryFn: () => caller.task.counts({ today }),
    }),
    state.view === "deleted"
      ? queryClient.prefetchInfiniteQuery({
          queryKey: getQueryKey(trpc.task.listDeleted, deletedInput, "infinite"),
          queryFn: () => caller.task.listDeleted(deletedInput),
          initialPageParam: null,
        })
      : queryClient.prefetchInfiniteQuery({
          queryKey: getQueryKey(trpc.task.list, input, "infinite"),
          queryFn: () => caller.task.list(input),
          initialPageParam: null,
        }),
  ]);
}

async function inTime(work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise((resolve) => {
    timer = setTimeout(resolve, PATIENCE_MS);
  });
  await Promise.race([work, patience]);
  clearTimeout(timer);
}
