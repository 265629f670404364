import { type DehydratedState, dehydrate, QueryClient } from "@tanstack/react-query";
import type { AppRouter } from "@taskbridge/api";
import { log, respond } from "@taskbridge/host";
import { createTRPCClient, httpBatchLink, type TRPCClient } from "@trpc/client";
import { getQueryKey } from "@trpc/react-query";
import { headers } from "next/headers";
import { type Services, services } from "../services.ts";
import { trpc } from "../trpc/client.ts";
import type { Day } from "./model/days.ts";
import { deletedInput, listInput, queryOf, type ViewState } from "./model/view.ts";

/** A page waits this long for its tasks at most: then it is sent without, and the browser asks for them. */
const PATIENCE_MS = 1_000;

/**
 * What the task page asks for first, read as its visitor while the page is drawn. They get an access
 * token of their session's, in this process alone, and what they may see is decided at the doors.
 * What fails, or takes too long, is left out: the page in the browser asks for it, and tells.
 */
export async function readFirst(state: ViewState, today: Day): Promise<DehydratedState> {
  const queryClient = new QueryClient();
  const { auth, ...door } = await services();
  const requestHeaders = await headers();
  const read = async () => {
    const token = await auth.issueToken(requestHeaders);
    if (token) await prefetch(queryClient, clientOf(door, token), state, today);
  };
  await inTime(
    read().catch((error: unknown) => log("error", "A page is sent without its tasks.", {}, error)),
  );
  return dehydrate(queryClient);
}

/** Calls the API as the browser does, in one request that needs no network where the API is here. */
const clientOf = ({ handle, settings }: Omit<Services, "auth">, token: string) =>
  createTRPCClient<AppRouter>({
    links: [
      httpBatchLink({
        url: `${settings.baseUrl}/api/trpc`,
        headers: { Authorization: `Bearer ${token}` },
        fetch: (url, init) => respond(handle, new Request(url as string, init as RequestInit)),
      }),
    ],
  });

type Client = TRPCClient<AppRouter>;

function prefetch(queryClient: QueryClient, client: Client, state: ViewState, today: Day) {
  const input = listInput(queryOf(state, today));
  return Promise.all([
    queryClient.prefetchQuery({
      queryKey: getQueryKey(trpc.task.counts, { today }, "query"),
      queryFn: () => client.task.counts.query({ today }),
    }),
    state.view === "deleted"
      ? queryClient.prefetchInfiniteQuery({
          queryKey: getQueryKey(trpc.task.listDeleted, deletedInput, "infinite"),
          queryFn: () => client.task.listDeleted.query(deletedInput),
          initialPageParam: null,
        })
      : queryClient.prefetchInfiniteQuery({
          queryKey: getQueryKey(trpc.task.list, input, "infinite"),
          queryFn: () => client.task.list.query(input),
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
