import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import type { AppRouter } from "@taskbridge/api";
import {
  httpBatchLink,
  httpBatchStreamLink,
  httpLink,
  type Operation,
  retryLink,
  splitLink,
  type TRPCLink,
} from "@trpc/client";
import { createTRPCReact } from "@trpc/react-query";
import type { AccessTokenSource } from "./access-token.ts";
import { fetchJson } from "./answered-between.ts";
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
    if (op.path !== "task.list" && op.path !== "task.listDeleted") return next(op);
    const { direction: _, cursor, ...query } = op.input as Record<string, unknown>;
    return next({ ...op, input: cursor ? { ...query, cursor } : query });
  };

export function createClient(tokens: AccessTokenSource) {
  const server = { url: "/api/trpc", fetch: fetchJson };
  const authorize = async (operations: readonly Operation[]) => {
    const token = await tokens.get();
    for (const { context } of operations) context.accessToken = token;
    return { Authorization: `Bearer ${token}` };
  };
  return trpc.createClient({
    links: [
      plainInput,
      retryLink({
        // Once, with a new token: this one may have been refused before its time.
        retry: ({ op, error, attempts }) => {
          if (attempts > 1 || error.data?.httpStatus !== 401) return false;
          // A new one would be younger still; this one only has to be waited for.
          if (error.data.code === "token_not_yet_valid") return false;
          tokens.drop(String(op.context.accessToken));
          return true;
        },
      }),
      splitLink({
        condition: ({ context }) => context.idempotencyKey !== undefined,
        // A key is one call's.
        true: httpLink({
          ...server,
          headers: async ({ op }) => ({
            ...(await authorize([op])),
            "Idempotency-Key": `"${op.context.idempotencyKey}"`,
          }),
        }),
        false: splitLink({
          condition: ({ path }) => path === "task.export",
          true: httpBatchStreamLink({
            ...server,
            maxItems: 1,
            headers: ({ opList }) => authorize(opList),
          }),
          false: httpBatchLink({
            ...server,
            maxItems: 20,
            headers: ({ opList }) => authorize(opList),
          }),
        }),
      }),
    ],
  });
}
