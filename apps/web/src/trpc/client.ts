import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import type { AppRouter } from "@taskbridge/api";
import { httpBatchLink, retryLink, type TRPCLink } from "@trpc/client";
import { createTRPCReact } from "@trpc/react-query";
import type { AccessTokenSource } from "./access-token.ts";
import { isSignedOut, isWorthARetry } from "./failure.ts";

export const trpc = createTRPCReact<AppRouter>();

export function createQueryClient(onSignedOut: () => void): QueryClient {
  const onError = (error: unknown) => {
    if (isSignedOut(error)) onSignedOut();
  };
  return new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      // Offline, a call fails and says so, rather than wait without a word.
      queries: { retry: isWorthARetry, staleTime: 10_000, networkMode: "always" },
      mutations: { networkMode: "always" },
    },
  });
}

/** Infinite queries add their `direction` and a null cursor; the contract knows neither. */
const plainInput: TRPCLink<AppRouter> =
  () =>
  ({ op, next }) => {
    if (op.path !== "task.list") return next(op);
    const { direction: _, cursor, ...query } = op.input as Record<string, unknown>;
    return next({ ...op, input: cursor ? { ...query, cursor } : query });
  };

export function createClient(tokens: AccessTokenSource) {
  return trpc.createClient({
    links: [
      plainInput,
      retryLink({
        // Once, with a new token: this one may have been refused before its time.
        retry: ({ op, error, attempts }) => {
          if (attempts > 1 || error.data?.httpStatus !== 401) return false;
          tokens.drop(String(op.context.accessToken));
          return true;
        },
      }),
      httpBatchLink({
        url: "/api/trpc",
        maxItems: 20,
        headers: async ({ opList }) => {
          const token = await tokens.get();
          for (const op of opList) op.context.accessToken = token;
          return { Authorization: `Bearer ${token}` };
        },
      }),
    ],
  });
}
