"use client";

import {
  type DehydratedState,
  HydrationBoundary,
  type QueryClient,
  useQueryClient,
} from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { sentSinceAsked } from "./outbox/last-sent.ts";

/**
 * Puts what the server has read into the page's cache before anything is drawn. What is there already
 * stays: it knows of changes that the server may have read too early for. Where changes were made meanwhile
 * that nothing here knows of, it is shown and read again.
 */
export function FirstTasks({ read, children }: { read: DehydratedState; children: ReactNode }) {
  const queryClient = useQueryClient();
  const [state] = useState(() => unknownOf(read, queryClient));
  return <HydrationBoundary state={state}>{children}</HydrationBoundary>;
}

function unknownOf({ queries, mutations }: DehydratedState, queryClient: QueryClient) {
  const cache = queryClient.getQueryCache();
  // What would be known from long ago is asked for at once.
  const latest = sentSinceAsked() ? 1 : Date.now();
  return {
    mutations,
    queries: queries
      .filter(({ queryHash }) => cache.get(queryHash)?.state.data === undefined)
      // The server's clock may be ahead, and what is from the future would never be read again.
      .map(({ state, ...query }) => ({
        ...query,
        state: { ...state, dataUpdatedAt: Math.min(state.dataUpdatedAt, latest) },
      })),
  };
}
